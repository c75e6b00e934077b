package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.CrashAnalysis;

/** The command line that runs the program of a trace again, on files that a crash left. */
final class RestartCommand {
    private RestartCommand() {}

    /** @throws CommandException when the trace does not say how the program was run */
    static String of(CrashAnalysis analysis, CheckArguments check) {
        throw CommandException.usage("--oracle restart is not available in this version");
    }
}
