package io.pmemcheckj.trace.file;

/**
 * Guesses the address of an event: where the last event of the same site and thread ended. A loop then gives the same
 * small difference again and again, which compresses to almost nothing. Writer and reader each keep one, in step.
 */
final class AddressPredictor {
    private static final int SLOTS = 1024;

    private final long[] ends = new long[SLOTS];

    /** Sites that share a slot only make worse guesses. */
    int slot(int thread, int site) {
        return site + thread * 37 & SLOTS - 1;
    }

    long guess(int slot) {
        return ends[slot];
    }

    void learn(int slot, long end) {
        ends[slot] = end;
    }
}
