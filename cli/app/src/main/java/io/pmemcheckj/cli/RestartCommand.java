package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.CrashAnalysis;
import io.pmemcheckj.cli.doctor.Shell;
import io.pmemcheckj.crash.check.CommandChecker;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line that runs the program of a trace again, on files that a crash left: in the folder of the image, so that
 * relative paths lead there, and with the folder's path in the arguments where that of the files stood.
 */
final class RestartCommand {
    private static final Set<String> CODE_OPTIONS =
            Set.of("-cp", "-classpath", "--class-path", "-jar", "-p", "--module-path");

    private final Path working;
    private final String data;

    private RestartCommand(Path working, String data) {
        this.working = working;
        this.data = data;
    }

    /**
     * The command line, with {@value CommandChecker#IMAGE} for the folder.
     *
     * @param java executable of the JVM
     * @throws CommandException when the trace does not say how the program was run, or its files cannot be exchanged
     */
    static String of(CrashAnalysis analysis, Path java) {
        String command = analysis.property("command");
        String cwd = analysis.property("cwd");
        if (command == null || cwd == null) {
            throw CommandException.usage(
                    "--oracle restart: the trace does not say how the program was started; keep it with run");
        }
        Path working = Path.of(cwd);
        List<Path> files = analysis.segments().stream()
                .map(segment -> working.resolve(segment.path()).normalize())
                .toList();
        boolean inside = files.stream().allMatch(file -> file.startsWith(working));
        RestartCommand restart = new RestartCommand(working, (inside ? working : folder(files)).toString());
        List<String> words = restart.words(parse(command));
        if (!inside && words.stream().noneMatch(word -> word.contains(CommandChecker.IMAGE))) {
            throw CommandException.usage(
                    "--oracle restart: the program's arguments do not name the folder of its files, " + restart.data
                            + ", so it cannot be given another; use --check");
        }
        return Stream.concat(Stream.of(java.toString()), words.stream())
                .map(RestartCommand::quoted)
                .collect(Collectors.joining(" ", "cd " + CommandChecker.IMAGE + " && exec ", ""));
    }

    private static Path folder(List<Path> files) {
        Path common = files.get(0).getParent();
        for (Path file : files) {
            while (!file.startsWith(common)) {
                common = common.getParent();
            }
        }
        return common;
    }

    private static List<String> parse(String json) {
        try {
            return List.of(new JsonMapper().readValue(json, String[].class));
        } catch (JacksonException e) {
            throw CommandException.untrusted("the trace's property 'command' is damaged");
        }
    }

    private List<String> words(List<String> original) {
        List<String> words = new ArrayList<>();
        String before = "";
        for (String word : original) {
            words.add(CODE_OPTIONS.contains(before) ? code(word) : data(word));
            before = word;
        }
        return words;
    }

    /** Class paths stay what they are, seen from another folder. */
    private String code(String path) {
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> entry.isEmpty() ? entry : working.resolve(entry).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String data(String word) {
        int at = word.indexOf(data);
        int end = at + data.length();
        boolean whole = at >= 0 && (end == word.length() || word.charAt(end) == '/');
        return whole && !word.startsWith("-javaagent")
                ? word.substring(0, at) + CommandChecker.IMAGE + word.substring(end)
                : word;
    }

    /** The folder's path is put in with quotes of its own. */
    private static String quoted(String word) {
        return Stream.of(word.split("(?=\\{image})|(?<=\\{image})"))
                .map(part -> part.equals(CommandChecker.IMAGE) ? part : Shell.word(part))
                .collect(Collectors.joining());
    }
}
