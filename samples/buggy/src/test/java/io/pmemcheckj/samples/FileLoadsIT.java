package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which Java reads a file below a folder named to the agent is traced, at its line and with its place. */
@ParameterizedClass
@MethodSource("jdks")
class FileLoadsIT {
    private static final Path SOURCE = Checker.BASEDIR.resolve("src/test/programs/reading/Reading.java");
    private static final Pattern MAP = Pattern.compile("map \\d+ \\S+ 0x(\\w+) (\\d+) .*inode=(\\d+) offset=(\\d+) .*");
    private static final Pattern LOAD =
            Pattern.compile("load \\d+ \\S+\\(Reading\\.java:(\\d+)\\) 0x(\\w+) (\\d+)(?: x(\\d+))?.*");
    private static final Pattern FILE_LOAD = Pattern.compile(
            "file-load \\d+ \\S+\\(Reading\\.java:(\\d+)\\) .*inode=(\\d+) offset=(\\d+) length=(\\d+)");
    private static final int LENGTH = 10_000;

    private record Window(long end, String inode, long offset) {}

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    /** By inode and line, the bytes that were read. */
    private final Map<String, Map<Integer, BitSet>> loads = new HashMap<>();

    private final TreeMap<Long, Window> windows = new TreeMap<>();

    FileLoadsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @Test
    void everyWayOfReading() throws Exception {
        Path watched = data("watched");
        Path other = data("other");
        Path trace = folder.resolve("kept.trace");

        Run run = new Checker(jdk, folder)
                .untraced(List.of(
                        "-javaagent:" + Checker.JAR.toAbsolutePath() + "=keep-trace=" + trace + ",load-files="
                                + watched.getParent(),
                        "-cp",
                        Compile.classPath(Compile.program("reading", 17, folder.resolve("classes"))),
                        "Reading",
                        watched.getParent().toString(),
                        other.getParent().toString()));

        assertEquals("done\n", run.stdout(), run::describe);
        awaitEnd(Path.of(trace + ".ring"));
        Run dump = Run.of(folder, Checker.tool("dump", trace.toString()));
        dump.stdout().lines().forEach(this::apply);
        Map<Integer, String> marks = TraceMarks.of(SOURCE);
        assertEquals(TraceMarks.text(marks), TraceMarks.text(ranges(watched)));
        marks.values().removeIf(mark -> !mark.equals("9000-9001")); // the only mapping that can be stored to
        assertEquals(TraceMarks.text(marks), TraceMarks.text(ranges(other)));
    }

    private Path data(String name) throws Exception {
        return Files.write(Files.createDirectory(folder.resolve(name)).resolve("data"), new byte[LENGTH]);
    }

    private static void awaitEnd(Path ring) throws Exception {
        for (int i = 0; Files.exists(ring) && i < 1000; i++) {
            Thread.sleep(Duration.ofMillis(20).toMillis());
        }
    }

    private void apply(String line) {
        Matcher map = MAP.matcher(line);
        Matcher load = LOAD.matcher(line);
        Matcher fileLoad = FILE_LOAD.matcher(line);
        if (map.matches()) {
            long start = Long.parseLong(map.group(1), 16);
            windows.put(
                    start,
                    new Window(start + Long.parseLong(map.group(2)), map.group(3), Long.parseLong(map.group(4))));
        } else if (load.matches()) {
            long address = Long.parseLong(load.group(2), 16);
            long count = load.group(4) == null ? 1 : Long.parseLong(load.group(4));
            Map.Entry<Long, Window> window = windows.floorEntry(address);
            long offset = window.getValue().offset() + (address - window.getKey());
            add(window.getValue().inode(), load.group(1), offset, Long.parseLong(load.group(3)) * count);
        } else if (fileLoad.matches()) {
            add(
                    fileLoad.group(2),
                    fileLoad.group(1),
                    Long.parseLong(fileLoad.group(3)),
                    Long.parseLong(fileLoad.group(4)));
        }
    }

    private void add(String inode, String line, long offset, long length) {
        loads.computeIfAbsent(inode, key -> new TreeMap<>())
                .computeIfAbsent(Integer.parseInt(line), key -> new BitSet())
                .set((int) offset, (int) (offset + length));
    }

    /** In the words of the marks. */
    private Map<Integer, String> ranges(Path file) throws Exception {
        Map<Integer, String> ranges = new TreeMap<>();
        String inode = Files.getAttribute(file, "unix:ino").toString();
        loads.getOrDefault(inode, Map.of()).forEach((line, bytes) -> {
            StringJoiner words = new StringJoiner(", ");
            for (int from = bytes.nextSetBit(0); from >= 0; from = bytes.nextSetBit(bytes.nextClearBit(from))) {
                words.add(from + "-" + bytes.nextClearBit(from));
            }
            ranges.put(line, words.toString());
        });
        return ranges;
    }
}
