package io.pmemcheckj.crash.check;

/**
 * How a check of one state ended.
 *
 * @param words what came of it, for example {@code exit code 1}
 * @param output what it printed, shortened
 * @param killed whether a signal ended it: maybe the one by which the user ended all of this
 */
public record Verdict(boolean consistent, String words, String output, boolean killed) {
    static final Verdict CONSISTENT = new Verdict(true, "consistent", "", false);

    static Verdict inconsistent(String words, String output) {
        return new Verdict(false, words, output, false);
    }

    static Verdict killed(int signal, String output) {
        return new Verdict(false, "ended by signal " + signal, output, true);
    }

    static Verdict late(long seconds, String output) {
        return inconsistent("it did not end within " + seconds + " s", output);
    }

    static Verdict tooBig(long bytes, String output) {
        return inconsistent("it took more than " + (bytes >> 20) + " MiB of memory", output);
    }
}
