package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Entry point of the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, new FileOutputStream(FileDescriptor.out), System.err));
    }

    /**
     * Runs one command in this JVM.
     *
     * @param out receives results that are asked for on stdout
     * @param err receives the tool's own lines
     * @return process exit code
     */
    public static int run(String[] args, OutputStream out, PrintStream err) {
        return run(args, out, err, System.getenv(), Path.of(""));
    }

    static int run(
            String[] args, OutputStream out, PrintStream err, Map<String, String> environment, Path workingFolder) {
        Console console = new Console(out, err);
        CommandLine line = commandLine(console);
        try {
            Defaults defaults = Defaults.load(environment, workingFolder, line);
            return line.execute(defaults.addTo(args, line));
        } catch (CommandException e) {
            return report(e, console);
        }
    }

    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new RootCommand());
        line.addSubcommand(new RunCommand(console));
        line.addSubcommand(new AnalyzeCommand(console));
        line.addSubcommand(new WatchCommand(console));
        line.addSubcommand(new CrashCommand(console));
        line.addSubcommand(new DumpCommand(console));
        line.addSubcommand(new ReportCommand(console));
        line.addSubcommand(new DiffCommand(console));
        line.addSubcommand(new ExplainCommand(console));
        line.addSubcommand(new DoctorCommand(console));
        // Everything after the program belongs to the program: its @files, its quotes, things that look like options.
        line.setExpandAtFiles(false);
        line.getSubcommands().get("run").setStopAtPositional(true);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true));
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((e, args) -> usage(e, console));
        line.setExecutionExceptionHandler((e, command, parsed) -> failure(e, console));
        return line;
    }

    private static int usage(ParameterException e, Console console) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        console.say(e.getMessage() + " (see " + command + " --help)");
        return ExitCode.USAGE.number();
    }

    private static int failure(Exception e, Console console) {
        if (e instanceof CommandException command) {
            return report(command, console);
        }
        if (e instanceof UsageException) {
            return report(CommandException.usage(e.getMessage()), console);
        }
        console.say("internal error, please report it: " + e);
        if (System.getenv("PMEMCHECK_J_DEBUG") != null) {
            e.printStackTrace(console.err());
        }
        return ExitCode.UNTRUSTED.number();
    }

    private static int report(CommandException e, Console console) {
        console.say(e.getMessage());
        return e.exitCode().number();
    }
}
