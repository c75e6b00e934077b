package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of storing an address of volatile memory is traced, and no number that is none. */
class VolatilePointersIT {
    private static final int FIRST_WITH_SEGMENTS = 22;
    private static final Pattern EVENT =
            Pattern.compile("volatile-pointer \\d+ \\S+\\(\\w+\\.java:(\\d+)\\) 0x\\p{XDigit}+ 0x\\p{XDigit}+");

    @TempDir
    private Path folder;

    static Stream<Arguments> programs() {
        List<Arguments> programs = new ArrayList<>();
        for (Jdks.Jdk jdk : Jdks.all()) {
            for (String option : List.of("--no-progress", "--values")) {
                programs.add(Arguments.of(jdk, "common", "Pointers", option));
                if (jdk.version() >= FIRST_WITH_SEGMENTS) {
                    programs.add(Arguments.of(jdk, "java22", "SegmentPointers", option));
                }
            }
        }
        return programs.stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyWayIsTraced(Jdks.Jdk jdk, String tree, String main, String option) throws Exception {
        Checker checker = new Checker(jdk, folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path trace = folder.resolve("kept.trace");
        int release = tree.equals("common") ? 17 : FIRST_WITH_SEGMENTS;
        List<Path> program = Compile.program("pointers/" + tree, release, folder.resolve("classes"));

        Run run = checker.run(
                List.of(option, "--fail-on", "never", "--keep-trace", trace.toString()),
                List.of("-cp", Compile.classPath(program), main, data.toString()));

        assertEquals("done\n", run.stdout(), run::describe);
        assertEquals(0, run.exit(), run::describe);
        Run dump = Run.of(folder, Checker.tool("dump", trace.toString()));
        Map<Integer, String> marks =
                TraceMarks.of(Checker.BASEDIR.resolve("src/test/programs/pointers/" + tree + "/" + main + ".java"));
        assertEquals(TraceMarks.text(marks), TraceMarks.text(events(dump)));
    }

    /** How many there are by line. */
    private static Map<Integer, Integer> events(Run dump) throws Exception {
        Map<Integer, Integer> events = new TreeMap<>();
        try (Stream<String> lines = Files.lines(dump.stdoutFile())) {
            lines.filter(line -> line.startsWith("volatile-pointer ")).forEach(line -> {
                Matcher event = EVENT.matcher(line);
                events.merge(event.matches() ? Integer.parseInt(event.group(1)) : 0, 1, Integer::sum);
            });
        }
        return events;
    }
}
