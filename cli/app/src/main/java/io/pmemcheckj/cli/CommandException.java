package io.pmemcheckj.cli;

/** Ends a command with an exit code and one clear line on stderr. */
final class CommandException extends RuntimeException {
    private final ExitCode exitCode;

    private CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The user asked for something that cannot be done; the message names the option or file and what to do. */
    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    /** The check cannot be trusted, or its result could not be kept. */
    static CommandException untrusted(String message) {
        return new CommandException(ExitCode.UNTRUSTED, message);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
