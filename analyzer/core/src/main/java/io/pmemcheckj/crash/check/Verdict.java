package io.pmemcheckj.crash.check;

/**
 * How a check of one state ended.
 *
 * @param words what came of it, for example {@code exit code 1}
 * @param output what it printed, shortened
 */
public record Verdict(boolean consistent, String words, String output) {
    static final Verdict CONSISTENT = new Verdict(true, "consistent", "");

    static Verdict inconsistent(String words, String output) {
        return new Verdict(false, words, output);
    }

    static Verdict late(long seconds, String output) {
        return inconsistent("it did not end within " + seconds + " s", output);
    }

    static Verdict tooBig(long bytes, String output) {
        return inconsistent("it took more than " + (bytes >> 20) + " MiB of memory", output);
    }
}
