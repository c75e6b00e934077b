package io.pmemcheckj.crash.check;

/** Starts the program again on the folder of each state: it must not fail. A program that runs on has started. */
public final class RestartChecker extends CommandChecker {
    private static final String UNCAUGHT = "Exception in thread \"";

    /** @param command for {@code sh -c}; {@value CommandChecker#IMAGE} in it becomes the path of the folder */
    public RestartChecker(String command, ImageFolder folder, CheckLimits limits) {
        super(command, folder, limits);
    }

    @Override
    Verdict ended(int exit, String output) throws CheckerException {
        if (output.startsWith(UNCAUGHT) || output.contains("\n" + UNCAUGHT)) {
            String line = output.substring(output.indexOf(UNCAUGHT))
                    .lines()
                    .findFirst()
                    .orElse("");
            return Verdict.inconsistent(line, output);
        }
        return super.ended(exit, output);
    }

    @Override
    public String reproduce(String image) {
        return "(" + super.reproduce(image) + ")"; // it changes its folder, and ends the shell it runs in
    }

    @Override
    Verdict late(String output) throws CheckerException {
        return ended(0, output);
    }
}
