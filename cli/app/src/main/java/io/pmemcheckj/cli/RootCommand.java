package io.pmemcheckj.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "pmemcheck-j",
        versionProvider = Version.class,
        description = "Finds what a Java program that keeps data in mapped files fails to persist, and what it persists"
                + " for nothing.",
        synopsisHeading = "Usage: ",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  nothing at or above --fail-on",
            "  1  findings at or above --fail-on",
            "  2  usage or configuration error; nothing was checked",
            "  3  the check itself cannot be trusted; wins over 1 and 4",
            "  4  the program exited non-zero, and 0 to 3 do not apply",
            "",
            "Defaults for all options: PMEMCHECK_J_OPTS, for example PMEMCHECK_J_OPTS='--fail-on warning', and a file"
                    + " .pmemcheck-j.yaml in the working directory, for example 'fail-on: warning'. The command line"
                    + " wins over the variable, the variable over the file."
        })
final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
