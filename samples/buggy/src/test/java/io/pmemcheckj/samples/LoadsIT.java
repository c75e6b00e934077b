package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code --loads} each way of reading a mapped file is traced: its bytes, its line, and whether it decides. */
class LoadsIT {
    private static final int FIRST_WITH_SEGMENTS = 22;

    @TempDir
    private Path folder;

    static Stream<Arguments> programs() {
        List<Arguments> programs = new ArrayList<>();
        for (Jdks.Jdk jdk : Jdks.all()) {
            programs.add(Arguments.of(jdk, "common", "Loads", "--no-progress"));
            programs.add(Arguments.of(jdk, "common", "Loads", "--values"));
            if (jdk.version() >= FIRST_WITH_SEGMENTS) {
                programs.add(Arguments.of(jdk, "java22", "SegmentLoads", "--no-progress"));
            }
        }
        return programs.stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyWayIsTraced(Jdks.Jdk jdk, String tree, String main, String option) throws Exception {
        Lines lines = run(jdk, tree, main, List.of("--loads", option));
        Map<Integer, String> marks =
                TraceMarks.of(Checker.BASEDIR.resolve("src/test/programs/loading/" + tree + "/" + main + ".java"));
        assertEquals(TraceMarks.text(marks), TraceMarks.text(lines.marks()));
    }

    @ParameterizedTest
    @MethodSource("io.pmemcheckj.samples.Jdks#all")
    void withoutTheOptionNoneIs(Jdks.Jdk jdk) throws Exception {
        assertEquals(Map.of(), run(jdk, "common", "Loads", List.of()).marks());
    }

    private Lines run(Jdks.Jdk jdk, String tree, String main, List<String> options) throws Exception {
        Checker checker = new Checker(jdk, folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path trace = folder.resolve("kept.trace");
        int release = tree.equals("common") ? 17 : FIRST_WITH_SEGMENTS;
        List<Path> program = Compile.program("loading/" + tree, release, folder.resolve("classes"));
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--fail-on", "never", "--keep-trace", trace.toString()));

        Run run = checker.run(all, List.of("-cp", Compile.classPath(program), main, data.toString()));

        assertEquals("done\n", run.stdout(), run::describe);
        assertEquals(0, run.exit(), run::describe);
        return Lines.of(Run.of(folder, Checker.tool("dump", trace.toString())), main);
    }

    /** The loads from the mapped file by line of the program. */
    private static final class Lines {
        private final String file;
        private final Map<Integer, BitSet> ranges = new TreeMap<>();
        private final Map<Integer, Long> bytes = new TreeMap<>();
        private final Set<Integer> guards = new HashSet<>();
        private long start;

        private Lines(String file) {
            this.file = file;
        }

        static Lines of(Run dump, String main) throws IOException {
            Lines lines = new Lines(main + ".java:");
            try (Stream<String> events = Files.lines(dump.stdoutFile())) {
                events.forEach(lines::event);
            }
            return lines;
        }

        private void event(String event) {
            String[] words = event.split(" ");
            switch (words[0]) {
                case "map" -> {
                    if (event.contains("loads.dat")) {
                        start = address(words[3]);
                    }
                }
                case "guard-site" -> guards.add(line(words[1]));
                case "load" -> {
                    int from = (int) (address(words[3]) - start);
                    int count = words.length > 5 ? Integer.parseInt(words[5].substring(1)) : 1;
                    int length = Integer.parseInt(words[4]) * count;
                    int line = line(words[2]);
                    ranges.computeIfAbsent(line, key -> new BitSet()).set(from, from + length);
                    bytes.merge(line, (long) length, Long::sum);
                }
                default -> {}
            }
        }

        private static long address(String word) {
            return Long.parseUnsignedLong(word.substring(2), 16);
        }

        /** 0 for a place elsewhere. */
        private int line(String site) {
            int at = site.indexOf(file);
            return at < 0 ? 0 : Integer.parseInt(site.substring(at + file.length(), site.length() - 1));
        }

        Map<Integer, String> marks() {
            Map<Integer, String> marks = new TreeMap<>();
            ranges.forEach((line, range) -> {
                StringJoiner text = new StringJoiner(" ");
                for (int from = range.nextSetBit(0); from >= 0; ) {
                    int to = range.nextClearBit(from);
                    text.add(from + "+" + (to - from));
                    from = range.nextSetBit(to);
                }
                long times = bytes.get(line) / range.cardinality();
                if (times > 1) { // the JDK looks twice at the first byte of what it compares
                    text.add("x" + times);
                }
                if (guards.contains(line)) {
                    text.add("guards");
                }
                marks.put(line, text.toString());
            });
            return marks;
        }
    }
}
