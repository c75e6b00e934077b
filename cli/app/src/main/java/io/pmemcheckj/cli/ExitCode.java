package io.pmemcheckj.cli;

/**
 * What the process exit code says. The order of the constants is the order of the codes.
 *
 * <p>Where several apply, {@link #USAGE} comes first, as nothing was checked; then {@link #UNTRUSTED}, because a check
 * that lost something proves neither the absence nor the completeness of findings (they are reported all the same);
 * then {@link #FINDINGS}; and {@link #PROGRAM_FAILED} only when nothing else is to be said.
 */
enum ExitCode {
    /** Nothing at or above {@code --fail-on}. */
    CLEAN,
    /** Findings at or above {@code --fail-on}. */
    FINDINGS,
    /** Usage or configuration error: nothing was checked. */
    USAGE,
    /** The check itself could not be trusted. */
    UNTRUSTED,
    /** The program exited non-zero, and nothing else is to be said. */
    PROGRAM_FAILED;

    int number() {
        return ordinal();
    }

    /**
     * The code for a check that took place.
     *
     * @param trusted false when tracing failed, something was lost, or results could not be kept
     * @param findings whether there are findings at or above the threshold
     * @param programExit the program's own exit code, null when it is not known
     */
    static ExitCode of(boolean trusted, boolean findings, Integer programExit) {
        if (!trusted) {
            return UNTRUSTED;
        }
        if (findings) {
            return FINDINGS;
        }
        return programExit == null || programExit == 0 ? CLEAN : PROGRAM_FAILED;
    }
}
