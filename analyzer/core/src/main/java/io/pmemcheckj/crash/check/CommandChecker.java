package io.pmemcheckj.crash.check;

import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.State;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** Runs a command on the folder of each state: 0 means consistent, whatever else does not. */
public class CommandChecker implements Checker {
    /** Stands for the folder in the command. */
    public static final String IMAGE = "{image}";

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    /** A shell's exit code is this and the number of the signal. */
    static final int SIGNAL = 128;

    private final String command;
    private final ImageFolder folder;
    private final CheckLimits limits;
    private boolean ranBefore;

    /** @param command for {@code sh -c}; {@value #IMAGE} in it becomes the path of the folder */
    public CommandChecker(String command, ImageFolder folder, CheckLimits limits) {
        this.command = command;
        this.folder = folder;
        this.limits = limits;
    }

    @Override
    public Verdict check(FileReplay replay, State state) throws IOException, CheckerException {
        folder.bringTo(replay);
        folder.apply(state.patches());
        try {
            return run(replay, state.point().markers());
        } finally {
            folder.restore();
        }
    }

    private Verdict run(FileReplay replay, int markers) throws IOException, CheckerException {
        ProcessBuilder builder = new ProcessBuilder(
                List.of("sh", "-c", command.replace(IMAGE, quoted(folder.path().toString()))));
        List<String> passed = replay.markers().subList(Math.max(0, markers - 100), markers);
        builder.environment().put("PMEMCHECK_J_IMAGE", folder.path().toString());
        builder.environment().put("PMEMCHECK_J_MARKERS", String.join("\n", passed));
        builder.redirectInput(new File("/dev/null"));
        Guarded guarded = Guarded.start(builder);
        boolean ended = guarded.await(limits.nanos(), limits.memory());
        guarded.end();
        if (!ended) {
            return guarded.wasTooBig() ? Verdict.tooBig(limits.memory(), guarded.output()) : late(guarded.output());
        }
        return ended(guarded.process().exitValue(), guarded.output());
    }

    Verdict late(String output) throws CheckerException {
        return Verdict.late(limits.seconds(), output);
    }

    Verdict ended(int exit, String output) throws CheckerException {
        if (!ranBefore && (exit == NOT_FOUND || exit == NOT_EXECUTABLE)) {
            String reason = output.lines().findFirst().orElse("the shell says " + exit);
            throw new CheckerException("cannot run '" + command + "': " + reason);
        }
        ranBefore = true;
        if (exit == 0) {
            return Verdict.CONSISTENT;
        }
        return exit > SIGNAL
                ? Verdict.killed(exit - SIGNAL, output)
                : Verdict.inconsistent("exit code " + exit, output);
    }

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public String reproduce(String image) {
        return command.replace(IMAGE, quoted(image));
    }

    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }
}
