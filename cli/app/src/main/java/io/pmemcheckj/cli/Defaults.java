package io.pmemcheckj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Options that apply where the command line does not give them: those of {@code PMEMCHECK_J_OPTS} and, where that does
 * not give them either, of the project file. An option that the command does not have is left out, so that one set of
 * defaults serves all commands; one that no command has is an error.
 */
final class Defaults {
    static final String VARIABLE = "PMEMCHECK_J_OPTS";
    static final String FILE = ".pmemcheck-j.yaml";

    /**
     * An option with its values, as it would stand on the command line.
     *
     * @param source what the user wrote it in
     */
    private record Entry(String source, List<String> arguments) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Defaults() {}

    /** @throws CommandException when one of the two sources is malformed or names an unknown option */
    static Defaults load(Map<String, String> environment, Path workingFolder, CommandLine line) {
        Defaults defaults = new Defaults();
        Map<String, OptionSpec> known = knownOptions(line);
        String variable = environment.get(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            defaults.addAll(VARIABLE, fromVariable(variable, known));
        }
        Path file = workingFolder.resolve(FILE);
        if (Files.exists(file)) {
            defaults.addAll(FILE, fromFile(file, known));
        }
        return defaults;
    }

    private void addAll(String source, Map<String, List<String>> options) {
        options.forEach((option, arguments) -> entries.putIfAbsent(option, new Entry(source, arguments)));
    }

    /** Long options of all commands. */
    private static Map<String, OptionSpec> knownOptions(CommandLine line) {
        Map<String, OptionSpec> known = new LinkedHashMap<>();
        for (CommandLine command : line.getSubcommands().values()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.usageHelp() && !(command.getCommand() instanceof IgnoresDefaults)) {
                    known.putIfAbsent(option.longestName(), option);
                }
            }
        }
        return known;
    }

    private static Map<String, List<String>> fromVariable(String text, Map<String, OptionSpec> known) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<String> words = Words.split(text, VARIABLE);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            OptionSpec option = known.get(name);
            if (option == null) {
                throw CommandException.usage(VARIABLE + ": unknown option '" + name + "'");
            }
            List<String> arguments = options.computeIfAbsent(name, key -> new ArrayList<>());
            if (equals < 0 && option.arity().min() > 0) {
                i++;
                if (i == words.size()) {
                    throw CommandException.usage(VARIABLE + ": option '" + name + "' needs a value");
                }
                arguments.add(name + "=" + words.get(i));
            } else {
                arguments.add(word);
            }
        }
        return options;
    }

    private static Map<String, List<String>> fromFile(Path file, Map<String, OptionSpec> known) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        readFile(file).forEach((key, value) -> {
            String name = "--" + key;
            OptionSpec option = known.get(name);
            if (option == null) {
                throw CommandException.usage(
                        FILE + ": unknown key '" + key + "'; keys are the names of options without" + " the dashes");
            }
            if (!Boolean.FALSE.equals(value)) {
                options.put(name, arguments(name, value, option));
            }
        });
        return options;
    }

    private static List<String> arguments(String name, Object value, OptionSpec option) {
        if (value == null) {
            throw CommandException.usage(FILE + ": key '" + name.substring(2) + "' needs a value");
        }
        if (Boolean.TRUE.equals(value) && option.arity().min() == 0) {
            return List.of(name);
        }
        List<String> values = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : List.of(value)) {
            if (item == null || item instanceof Map || item instanceof List) {
                throw CommandException.usage(
                        FILE + ": key '" + name.substring(2) + "' takes a value or a list of values");
            }
            values.add(item.toString());
        }
        // An option with an optional value takes its list in one piece.
        return option.arity().min() == 0
                ? List.of(name + "=" + String.join(",", values))
                : values.stream().map(item -> name + "=" + item).toList();
    }

    private static Map<?, ?> readFile(Path file) {
        try {
            return ProjectFile.read(file);
        } catch (IOException e) {
            throw CommandException.usage(FILE + ": " + Console.reason(e));
        }
    }

    /** The arguments with the defaults put behind the name of the command. */
    String[] addTo(String[] args, CommandLine line) {
        CommandLine command = args.length == 0 ? null : line.getSubcommands().get(args[0]);
        if (command == null || command.getCommand() instanceof IgnoresDefaults || entries.isEmpty()) {
            return args;
        }
        List<String> given = given(line, args);
        if (given == null) {
            return args; // they do not parse, which the command will say
        }
        List<String> all = new ArrayList<>(List.of(args[0]));
        entries.forEach((option, entry) -> {
            if (!given.contains(option) && command.getCommandSpec().findOption(option) != null) {
                check(line, args[0], entry);
                all.addAll(entry.arguments());
            }
        });
        all.addAll(Arrays.asList(args).subList(1, args.length));
        return all.toArray(String[]::new);
    }

    private static List<String> given(CommandLine line, String[] args) {
        try {
            return line.parseArgs(args).subcommand().matchedOptions().stream()
                    .map(OptionSpec::longestName)
                    .toList();
        } catch (ParameterException e) {
            return null;
        }
    }

    /** Parses the entry alone, so that a fault in it is put down to its source. */
    private static void check(CommandLine line, String command, Entry entry) {
        List<String> words = new ArrayList<>(entry.arguments());
        words.add(0, command);
        try {
            line.parseArgs(words.toArray(String[]::new));
        } catch (MissingParameterException e) {
            // The rest of the command line stands elsewhere.
        } catch (ParameterException e) {
            throw CommandException.usage(entry.source() + ": " + e.getMessage());
        }
    }
}
