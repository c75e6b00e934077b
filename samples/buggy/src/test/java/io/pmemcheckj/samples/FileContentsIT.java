package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A kept trace with values tells, byte by byte, what the files of the program held at its start and hold at its end. */
@ParameterizedClass
@MethodSource("jdks")
class FileContentsIT {
    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Path data;

    FileContentsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    /** Runs a program and returns the files below its folder as its trace tells them, by their names. */
    private Map<String, byte[]> traced(List<Path> classPath, String main, String... options) throws Exception {
        Checker checker = new Checker(jdk, folder);
        Path trace = folder.resolve("kept.trace");
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--no-progress", "--audit", "--keep-trace", trace.toString()));
        List<String> program = new ArrayList<>(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        program.addAll(List.of("-cp", Compile.classPath(classPath), main, data.toString()));
        Run run = checker.run(all, program);
        assertEquals(0, checker.report().get("run").get("exitCode").asInt(), run::describe);
        assertTrue(checker.report().get("run").get("complete").asBoolean(), run::describe);

        Run dump = Run.of(folder, Checker.tool("dump", trace.toString()));
        Map<String, byte[]> below = new TreeMap<>();
        FilesInTrace.of(dump.stdout().lines().toList()).contents().forEach((path, bytes) -> {
            if (Path.of(path).startsWith(data)) {
                below.put(data.relativize(Path.of(path)).toString(), bytes);
            }
        });
        return below;
    }

    private Map<String, byte[]> real() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                files.put(data.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** @param untouched names of files that the program does not change */
    private void assertTold(Map<String, byte[]> told, Set<String> untouched) throws Exception {
        Map<String, byte[]> real = real();
        real.keySet().removeAll(untouched);
        assertEquals(new TreeSet<>(real.keySet()), new TreeSet<>(told.keySet()));
        real.forEach((name, bytes) -> assertArrayEquals(bytes, told.get(name), name));
    }

    @Test
    void everyWayOfWriting() throws Exception {
        data = Files.createDirectories(folder.toRealPath().resolve("data"));
        Random random = new Random(1);
        for (String name : List.of(
                "mapped",
                "appended",
                "cut",
                "replaced",
                "grown",
                "removed",
                "moved",
                "winner",
                "loser",
                "shared",
                "linked",
                "roundabout",
                "untouched")) {
            byte[] bytes = new byte[20_000];
            random.nextBytes(bytes);
            Files.write(data.resolve("old-" + name), bytes);
        }
        Files.createSymbolicLink(data.resolve("old-link"), Path.of("old-linked"));
        Files.createFile(data.resolve("empty"));

        Map<String, byte[]> told =
                traced(Compile.program("writing", 17, folder.resolve("classes")), "Writing", "--fail-on", "never");

        assertTold(told, Set.of("old-untouched", "empty"));
    }

    @ParameterizedTest
    @CsvSource({"mashona, mashona, MashonaLog", "h2, h2, H2Database", "mapdb, mapdb, MapDbStore"})
    void realLibraries(String program, String libs, String main) throws Exception {
        data = Files.createDirectories(folder.toRealPath().resolve("data"));

        Map<String, byte[]> told =
                traced(Compile.program(program, 17, folder.resolve("classes"), libs), main, "--emulate-pmem=" + data);

        assertTold(told, Set.of());
    }
}
