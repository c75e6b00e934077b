package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which Java creates, resizes, renames, removes and syncs files is traced, once and at its line. */
class FileNamesIT {
    private static final Path SOURCE = Checker.BASEDIR.resolve("src/test/programs/naming/Naming.java");
    private static final Pattern EVENT = Pattern.compile(
            "(file-named|file-removed|file-size|file-force-begin) \\d+ \\S+\\(Naming\\.java:(\\d+)\\) device=(\\d+) inode=(\\d+)(.*)");

    @TempDir
    private Path folder;

    private final Map<String, String> names = new HashMap<>();

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyWayIsTraced(Jdks.Jdk jdk) throws Exception {
        Checker checker = new Checker(jdk, folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path trace = folder.resolve("kept.trace");
        List<Path> program = Compile.program("naming", 17, folder.resolve("classes"));

        Run run = checker.run(
                List.of("--no-progress", "--fail-on", "never", "--keep-trace", trace.toString()),
                List.of("-cp", Compile.classPath(program), "Naming", data.toString()));

        assertEquals("done\n", run.stdout(), run::describe);
        assertEquals(0, run.exit(), run::describe);
        Run dump = Run.of(folder, Checker.tool("dump", trace.toString()));
        assertEquals(TraceMarks.text(TraceMarks.of(SOURCE)), TraceMarks.text(events(dump.stdout(), data)));
    }

    /** By line of the program, in the words of its marks. */
    private Map<Integer, String> events(String dump, Path data) throws Exception {
        Map<Integer, String> events = new TreeMap<>();
        names.put(Files.getAttribute(data, "unix:ino").toString(), ".");
        String device = Files.getAttribute(data, "unix:dev").toString();
        for (String line : dump.lines().toList()) {
            Matcher event = EVENT.matcher(line);
            if (event.matches()) {
                assertEquals(device, event.group(3), line);
                String text = text(event.group(1), event.group(4), event.group(5), data);
                events.merge(Integer.parseInt(event.group(2)), text, (one, other) -> one + ", " + other);
            }
        }
        return events;
    }

    private String text(String event, String inode, String rest, Path data) {
        String name = rest.contains("path=") ? name(rest, data) : names.getOrDefault(inode, "inode " + inode);
        names.put(inode, name);
        return switch (event) {
            case "file-named" -> {
                assertEquals(".", names.get(attribute(rest, "directory")), rest);
                yield (rest.endsWith(" renamed") ? "renamed " : "named ") + name;
            }
            case "file-removed" -> "removed " + name;
            case "file-size" -> "size " + name + " " + attribute(rest, "length");
            default -> "force " + name;
        };
    }

    private static String name(String attributes, Path data) {
        Path path = Path.of(attributes.substring(attributes.indexOf('"') + 1, attributes.lastIndexOf('"')));
        return data.relativize(path).toString().replaceAll("-\\d+\\.tmp", "-*.tmp");
    }

    private static String attribute(String attributes, String name) {
        Matcher value = Pattern.compile(name + "=(\\d+)").matcher(attributes);
        return value.find() ? value.group(1) : "no " + name;
    }
}
