package io.pmemcheckj.cli.doctor;

/**
 * What came of a command.
 *
 * @param installed false when there is no such command
 * @param ended whether it ended by itself, within its time and with no more output than anyone would read
 * @param exit its exit code, if it ended
 * @param out what it printed to stdout
 * @param problem why there is no result, or the first line it printed to stderr; may be empty
 */
record CommandResult(boolean installed, boolean ended, int exit, String out, String problem) {

    static CommandResult notInstalled() {
        return new CommandResult(false, false, -1, "", "not installed, or not in the PATH");
    }

    static CommandResult failed(String problem) {
        return new CommandResult(true, false, -1, "", problem);
    }

    static CommandResult ended(int exit, String out, String errors) {
        return new CommandResult(
                true, true, exit, out, errors.lines().findFirst().orElse(""));
    }

    boolean succeeded() {
        return ended && exit == 0;
    }
}
