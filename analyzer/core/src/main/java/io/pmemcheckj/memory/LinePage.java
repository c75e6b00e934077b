package io.pmemcheckj.memory;

/**
 * The state of 64 consecutive lines of which at least one is in flight. A page with nothing in flight is all zero and goes
 * back to the pool, so memory grows with what is not persistent and not with the file.
 */
final class LinePage {
    static final int LINES = 64;
    static final int SHIFT = 6;

    /**
     * Four longs a line, side by side because an event needs most of them:
     *
     * <pre>
     *   4i    bytes stored and not persistent
     *   4i+1  those of them that a flush not yet completed covers
     *   4i+2  head of the list of who stored what, see {@link OwnerNodes}
     *   4i+3  head of the list of flushes that cover bytes, see {@link FlushNodes}
     * </pre>
     */
    final long[] cells = new long[4 * LINES];

    /** Bit per line with pending bytes. */
    long pendingLines;
    /** Nodes in all lists of {@link #flushes}. */
    int flushNodes;

    LinePage nextFree;

    int owners(int line) {
        return (int) cells[4 * line + 2];
    }

    void setOwners(int line, int head) {
        cells[4 * line + 2] = head;
    }

    int flushes(int line) {
        return (int) cells[4 * line + 3];
    }

    void setFlushes(int line, int head) {
        cells[4 * line + 3] = head;
    }

    boolean isIdle() {
        return pendingLines == 0 && flushNodes == 0;
    }
}
