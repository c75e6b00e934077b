package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Checks that hang, die, destroy and litter: every state gets its verdict all the same, and nothing is left behind. */
@ParameterizedClass
@MethodSource("jdks")
class CrashHostileIT {
    private static final int WAIT_MILLIS = 200;
    private static final int MAX_WAITS = 600;

    private static final List<String> DEEDS = List.of(
            "NOTHING",
            "REFUSES",
            "HANGS",
            "SPINS",
            "EXITS_WITH_0",
            "EXITS_WITH_3",
            "HALTS",
            "OVERFLOWS_THE_STACK",
            "FILLS_THE_HEAP",
            "FILLS_NATIVE_MEMORY",
            "DELETES_THE_IMAGE",
            "OVERWRITES_AND_TRUNCATES",
            "CREATES_FILES",
            "PRINTS",
            "STARTS_A_PROCESS",
            "LEAVES_A_THREAD",
            "CLOSES_THE_STREAMS",
            "READS_INPUT",
            "SEGFAULTS",
            "KILLS_ITSELF",
            "INTERRUPTS_ITSELF",
            "THROWS_WHAT_CANNOT_BE_PRINTED",
            "CHANGES_PROPERTIES",
            "ENDS_WELL");

    /** Refused, whether class or command. */
    private static final Set<String> REFUSED = Set.of(
            "REFUSES",
            "HANGS",
            "SPINS",
            "EXITS_WITH_3",
            "HALTS",
            "OVERFLOWS_THE_STACK",
            "FILLS_THE_HEAP",
            "FILLS_NATIVE_MEMORY",
            "SEGFAULTS",
            "KILLS_ITSELF",
            "THROWS_WHAT_CANNOT_BE_PRINTED");

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    CrashHostileIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private String classPath() throws Exception {
        return Compile.classPath(Compile.program("crashing", 17, folder.resolve("classes")));
    }

    private Path trace(Checker checker, String classPath) throws Exception {
        return checker.traceForCrashes(
                List.of(),
                List.of(
                        "-cp",
                        classPath,
                        "Counter",
                        folder.resolve("counter.dat").toString(),
                        Integer.toString(DEEDS.size() - 1)));
    }

    @Test
    void aClass() throws Exception {
        explores(Set.of(), List.of("--check-class", "Hostile", "--class-path", classPath()));
    }

    @Test
    void theSameWithTwoJobs() throws Exception {
        explores(Set.of(), List.of("--jobs", "2", "--check-class", "Hostile", "--class-path", classPath()));
    }

    @Test
    void aClassWhoseReadsAreWatched() throws Exception {
        // of a check that died nobody knows what it had still wanted to read
        explores("reads", "part", Set.of(), List.of("--check-class", "Hostile", "--class-path", classPath()));
    }

    @Test
    void aCommand() throws Exception {
        // a process does not end before its last thread
        String command = jdk.java() + " -Xmx64m -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null -cp " + classPath()
                + " Hostile {image}";
        explores(Set.of("LEAVES_A_THREAD"), List.of("--check", command));
    }

    private void explores(Set<String> alsoRefused, List<String> check) throws Exception {
        explores("exhaustive", "all", alsoRefused, check);
    }

    private void explores(String engine, String coverage, Set<String> alsoRefused, List<String> check)
            throws Exception {
        Checker checker = new Checker(jdk, folder);
        Path trace = trace(checker, classPath());
        Path work = Files.createDirectory(folder.resolve("work"));
        Path log = folder.resolve("deeds.txt");
        String token = UUID.randomUUID().toString();
        Set<Path> before = litter();
        List<String> options =
                new ArrayList<>(List.of("--engine", engine, "--check-timeout", "6", "--check-memory", "256m"));
        options.addAll(check);

        Run run = Run.of(
                work,
                Map.of("HOSTILE_TOKEN", token, "HOSTILE_LOG", log.toString()),
                checker.crashCommand(trace, options));

        assertEquals(1, run.exit(), run::describe);
        assertEquals(new TreeSet<>(DEEDS), new TreeSet<>(Files.readAllLines(log)), run::describe);
        JsonNode exploration = checker.crashReport().get("exploration");
        assertEquals(coverage, exploration.get("coverage").asString(), run::describe);
        assertEquals(DEEDS.size(), exploration.get("checked").asInt(), run::describe);
        assertEquals(
                REFUSED.size() + alsoRefused.size(),
                exploration.get("inconsistent").asInt(),
                run::describe);
        assertTrue(Files.size(run.stderrFile()) < 1 << 20, "the tool prints what the check printed");
        nothingIsLeft(run, work, token, before);
    }

    private static void nothingIsLeft(Run run, Path work, String token, Set<Path> before) throws Exception {
        Set<Path> left = litter();
        left.removeAll(before);
        // other runs of the tool, at the same time, take away what is theirs
        for (int i = 0; i < MAX_WAITS && !(processes(token).isEmpty() && left.isEmpty()); i++) {
            Thread.sleep(WAIT_MILLIS);
            left.removeIf(Files::notExists);
        }
        assertEquals(List.of(), processes(token), run::describe);
        assertEquals(Set.of(), left, run::describe);
        try (Stream<Path> files = Files.list(work)) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.matches("(stdin|stdout|stderr)\\d+\\.txt"))
                            .toList(),
                    run::describe);
        }
    }

    /** What is in the folders for temporary files and was made by the tool, or by a JVM that died. */
    private static Set<Path> litter() throws IOException {
        Set<Path> found = new HashSet<>();
        for (String place : List.of("/dev/shm", System.getProperty("java.io.tmpdir"))) {
            try (Stream<Path> files = Files.list(Path.of(place))) {
                files.filter(file -> file.getFileName().toString().matches("pmemcheck.*|hs_err.*|core.*"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The processes that were started, at whatever remove, with the token in their environment. */
    private static List<String> processes(String token) {
        return ProcessHandle.allProcesses()
                .filter(process -> has(process, token))
                .map(process -> process.info().commandLine().orElse(process.toString()))
                .toList();
    }

    private static boolean has(ProcessHandle process, String token) {
        try {
            return Files.readString(
                            Path.of("/proc/" + process.pid() + "/environ"),
                            java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(token);
        } catch (IOException e) {
            return false; // ended, or another user's
        }
    }
}
