package io.pmemcheckj.memory;

/**
 * The state of 64 consecutive lines of which at least one is in flight. A page with nothing in flight is all zero and goes
 * back to the pool, so memory grows with what is not persistent and not with the file.
 */
final class LinePage {
    static final int LINES = 64;
    static final int SHIFT = 6;

    /** Per line, bytes stored and not persistent. */
    final long[] pending = new long[LINES];
    /** Per line, those of {@link #pending} that a flush not yet completed covers. */
    final long[] flushed = new long[LINES];
    /** Per line, head of the list of who stored what, see {@link OwnerNodes}. */
    final int[] owners = new int[LINES];
    /** Per line, head of the list of flushes that cover bytes, see {@link FlushNodes}. */
    final int[] flushes = new int[LINES];
    /** Bit per line with pending bytes. */
    long pendingLines;
    /** Nodes in all lists of {@link #flushes}. */
    int flushNodes;

    LinePage nextFree;

    boolean isIdle() {
        return pendingLines == 0 && flushNodes == 0;
    }
}
