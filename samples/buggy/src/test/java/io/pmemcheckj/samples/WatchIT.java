package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looking on while a program runs, which the tool does on the JDK of the tests, the program on each. */
@ParameterizedClass
@MethodSource("jdks")
class WatchIT {
    private static final long LONGEST_MILLIS = 60_000;

    private final Jdks.Jdk jdk;
    private final Checker checker;
    private final List<Process> started = new ArrayList<>();

    private final Path folder;

    WatchIT(Jdks.Jdk jdk, @TempDir Path folder) {
        this.folder = folder;
        this.jdk = jdk;
        checker = new Checker(jdk, folder);
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private Run.Started program(String... options) throws Exception {
        List<String> program = new ArrayList<>(List.of(options));
        program.addAll(List.of(
                "-cp",
                Compile.classPath(Compile.program("watched", 17, folder.resolve("classes"))),
                "Watched",
                folder.resolve("data").toString(),
                stop().toString()));
        return start(checker.runCommand(List.of("--no-progress", "--fail-on", "never"), program));
    }

    private Path stop() {
        return folder.resolve("stop");
    }

    private Run.Started watch(String... arguments) throws Exception {
        List<String> command = Checker.tool("watch");
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Run.Started start(List<String> command) throws Exception {
        Run.Started run = Run.start(folder, command, "");
        started.add(run.process());
        return run;
    }

    /** The process of the program, once it stores. */
    private String pid(Run.Started run) throws Exception {
        await("the program", () -> Files.exists(folder.resolve("data")));
        return Long.toString(run.process().children().findFirst().orElseThrow().pid());
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long start = System.currentTimeMillis();
        while (!condition.call()) {
            assertTrue(System.currentTimeMillis() - start < LONGEST_MILLIS, "waited too long for " + what);
            Thread.sleep(50);
        }
    }

    private static List<JsonNode> looks(Run.Started watch) throws Exception {
        String text = Files.readString(watch.stdout());
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private static long unpersisted(JsonNode look) {
        return look.at("/unpersisted/bytes").asLong();
    }

    @Test
    void aProgramThatLosesMoreAndMoreUntilItEnds() throws Exception {
        Path recording = folder.resolve("run.jfr");
        Run.Started run = program("-XX:StartFlightRecording:filename=" + recording);
        Run.Started watch = watch("--format", "json", "--interval", "0.5", pid(run));
        await(
                "growth",
                () -> looks(watch).stream()
                                .filter(look -> unpersisted(look) > 0)
                                .map(WatchIT::unpersisted)
                                .distinct()
                                .count()
                        >= 3);
        Files.createFile(stop());
        Run watched = watch.await();
        Run checked = run.await();

        assertEquals(4, checked.exit(), checked::describe); // the program's own code, as without a watch
        assertEquals(0, watched.exit(), watched::describe);
        assertTrue(watched.stderr().matches("pmemcheck-j: process \\d+ has ended\n"), watched::describe);
        List<JsonNode> looks = looks(watch);
        for (int i = 1; i < looks.size(); i++) {
            assertTrue(unpersisted(looks.get(i)) >= unpersisted(looks.get(i - 1)), watched::describe);
        }
        JsonNode last = looks.get(looks.size() - 1);
        assertEquals("ended", last.get("state").asString());
        isAsReported(last);
        assertTrue(last.get("findings").asInt() > 0);
        JsonNode finding = last.get("newestFindings").get(0);
        assertTrue(
                checker.report()
                        .get("findings")
                        .toString()
                        .contains(finding.get("fingerprint").asString()),
                watched::describe);

        Run replayed = watch("--format", "json", recording.toString()).await();
        assertEquals(0, replayed.exit(), replayed::describe);
        List<String> lines = replayed.stdout().lines().toList();
        assertTrue(lines.size() >= 3, "one a second");
        isAsReported(JsonMapper.shared().readTree(lines.get(lines.size() - 1)));
    }

    private void isAsReported(JsonNode last) throws Exception {
        JsonNode summary = checker.report().get("summary");
        for (String count : List.of("stores", "flushes", "fences", "transactions")) {
            assertEquals(
                    summary.get(count).asLong(), last.get(count).get("total").asLong(), count);
        }
        JsonNode segment = checker.report().get("segments").get(0);
        assertEquals(segment.get("unpersistedBytes").asLong(), unpersisted(last));
        assertEquals(segment.get("path"), last.at("/segments/0/path"));
    }

    @Test
    void aProgramThatIsKilledSeenFromNearAndFar() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Run.Started run = program(
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Djava.rmi.server.hostname=localhost");
        String pid = pid(run);
        Run.Started near = watch(pid);
        Run.Started far = watch("--format", "json", "localhost:" + port);
        await("what is seen near", () -> Files.readString(near.stdout()).contains("stores/s"));
        await("what is seen from far", () -> looks(far).stream().anyMatch(look -> unpersisted(look) > 0));
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        Run nearEnd = near.await();
        Run farEnd = far.await();

        assertEquals(0, nearEnd.exit(), nearEnd::describe);
        assertTrue(nearEnd.stderr().startsWith("pmemcheck-j: process " + pid + " was killed"), nearEnd::describe);
        assertEquals(1, nearEnd.stderr().lines().count(), nearEnd::describe);
        assertTrue(nearEnd.stdout().contains("Watched.lose(Watched.java:"), nearEnd::describe);
        assertEquals(0, farEnd.exit(), farEnd::describe);
        assertTrue(
                farEnd.stderr().startsWith("pmemcheck-j: localhost:" + port + ": the connection is gone"),
                farEnd::describe);
        assertEquals(1, farEnd.stderr().lines().count(), farEnd::describe);
    }

    @Test
    void aSignalEndsTheWatchAndLeavesTheProgramAsItWas() throws Exception {
        assumeTrue(jdk.version() == Jdks.current().version(), "one JDK will do");
        Run.Started run = program();
        String pid = pid(run);
        Run.Started watch = watch(pid);
        await("what is seen", () -> Files.readString(watch.stdout()).contains("stores/s"));
        watch.process().destroy();
        Run watched = watch.await();
        Run recordings =
                Run.of(folder, List.of(Jdks.current().home().resolve("bin/jcmd").toString(), pid, "JFR.check"));

        assertEquals(0, watched.exit(), watched::describe);
        assertEquals("", watched.stderr());
        assertTrue(recordings.stdout().contains("No available recordings"), recordings::describe);
        assertTrue(run.process().isAlive());
    }

    @Test
    void whereNothingCanBeSeenALineSaysWhy() throws Exception {
        assumeTrue(jdk.version() == Jdks.current().version(), "one JDK will do");
        Path noRecording =
                Files.writeString(folder.resolve("notes.jfr"), "no recording, but long enough to be one. ".repeat(9));
        refused(
                3,
                "was not started under the agent",
                Long.toString(ProcessHandle.current().pid()));
        refused(2, "notes.jfr is no recording", noRecording.toString());
        assertFalse(Files.exists(folder.resolve("data")));
    }

    private void refused(int exit, String line, String... arguments) throws Exception {
        Run run = watch(arguments).await();
        assertEquals(exit, run.exit(), run::describe);
        assertTrue(run.stderr().contains(line), run::describe);
        assertEquals(1, run.stderr().lines().count(), run::describe);
        assertEquals("", run.stdout());
    }
}
