package io.pmemcheckj.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Writes what a distribution has beside the tool: a manual page for each command, and the completion for bash and zsh.
 * The build runs it. All of it comes from the definitions of the commands, as their {@code --help} does.
 */
public final class Manual {
    private static final String NAME = "pmemcheck-j";

    private final StringBuilder page = new StringBuilder();

    private Manual() {}

    /**
     * Writes the files.
     *
     * @param folders for the pages, and for the completion; created if they are not there
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] folders) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        CommandLine line = Main.commandLine(new Console(OutputStream.nullOutputStream(), nowhere));
        Path pages = Files.createDirectories(Path.of(folders[0]));
        for (CommandLine command : commands(line).toList()) {
            String text = new Manual().page(command);
            Files.writeString(pages.resolve(title(command.getCommandSpec()) + ".1"), text);
        }
        Path completion = Files.createDirectories(Path.of(folders[1]));
        Files.writeString(completion.resolve(NAME), AutoComplete.bash(NAME, line));
    }

    private static Stream<CommandLine> commands(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().distinct());
    }

    private static String title(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        String description = String.join(" ", usage.description());
        request(".TH", title(spec).toUpperCase(Locale.ROOT), "1", "", NAME + " " + Version.number(), "");
        section("Name");
        text(title(spec) + " - " + firstSentence(description));
        section("Synopsis");
        request(".nf");
        synopsis(command).lines().forEach(this::text);
        request(".fi");
        section("Description");
        text(description);
        entries(
                "Commands",
                spec.subcommands().values().stream()
                        .distinct()
                        .map(each -> new Entry(
                                each.getCommandName(),
                                each.getCommandSpec().usageMessage().description()))
                        .toList());
        entries(
                "Arguments",
                spec.positionalParameters().stream()
                        .filter(each -> !each.hidden())
                        .map(each -> new Entry(each.paramLabel(), each.description()))
                        .toList());
        entries(
                "Options",
                spec.options().stream()
                        .filter(each -> !each.hidden())
                        .map(each -> new Entry(names(each.names(), each), each.description()))
                        .toList());
        footer(usage);
        section("See also");
        text(commands(command.getParent() == null ? command : command.getParent())
                .map(CommandLine::getCommandSpec)
                .filter(each -> each != spec)
                .map(each -> title(each) + "(1)")
                .collect(Collectors.joining(", ")));
        return page.toString();
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("[.:]$", "");
    }

    private static String synopsis(CommandLine command) {
        String[] custom = command.getCommandSpec().usageMessage().customSynopsis();
        return custom.length > 0
                ? Stream.of(custom).map(String::strip).collect(Collectors.joining("\n"))
                : new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
    }

    private static String names(String[] names, ArgSpec option) {
        String value = option.arity().max() == 0 ? "" : option.paramLabel();
        if (!value.isEmpty()) {
            value = option.arity().min() == 0 ? "[=" + value + "]" : "=" + value;
        }
        return String.join(", ", names) + value;
    }

    /** A name and what is said of it. */
    private record Entry(String name, String[] description) {}

    private void entries(String title, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        section(title);
        for (Entry entry : entries) {
            request(".TP");
            page.append("\\fB").append(escaped(entry.name())).append("\\fR\n");
            text(String.join(" ", entry.description()));
        }
    }

    /** The footer is made of lines, a heading in front. */
    private void footer(UsageMessageSpec usage) {
        if (usage.footer().length == 0) {
            return;
        }
        String heading = String.format(usage.footerHeading()).strip().replaceAll(":$", "");
        section(heading.isEmpty() ? "Notes" : heading);
        request(".nf");
        for (String line : usage.footer()) {
            text(line);
        }
        request(".fi");
    }

    private void section(String title) {
        request(".SH", title.toUpperCase(Locale.ROOT));
    }

    private void request(String name, String... arguments) {
        page.append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument)).append('"');
        }
        page.append('\n');
    }

    private void text(String line) {
        page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
                .append(escaped(line))
                .append('\n');
    }

    /** For roff: backslashes, hyphens that are to be copied as such, no bytes above 127. To picocli, texts are formats. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        String.format(text).chars().forEach(c -> {
            switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '"' -> escaped.append("\\(dq");
                default -> escaped.append(c < 128 ? Character.toString(c) : String.format("\\[u%04X]", c));
            }
        });
        return escaped.toString();
    }
}
