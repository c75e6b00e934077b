package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;

/** The latest stores of one thread, numbered in program order; adjacent ones of one owner are one. */
final class RecentStores {
    private static final int CAPACITY = 64;

    private final int[] owners = new int[CAPACITY];
    private final int[] sites = new int[CAPACITY];
    private final int[] segments = new int[CAPACITY];
    private final long[] starts = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private long next;

    void add(StoreEvent store) {
        Segment segment = store.segment();
        int last = at(next - 1);
        if (next > 0
                && owners[last] == store.owner()
                && ends[last] == store.start()
                && segments[last] == segment.id()) {
            ends[last] = store.end();
            return;
        }
        int at = at(next++);
        owners[at] = store.owner();
        sites[at] = store.site();
        segments[at] = segment.id();
        starts[at] = store.start();
        ends[at] = store.end();
    }

    /** Number of the next store. */
    long next() {
        return next;
    }

    /** Number of the first store remembered. */
    long first() {
        return Math.max(0, next - CAPACITY);
    }

    int owner(long number) {
        return owners[at(number)];
    }

    int site(long number) {
        return sites[at(number)];
    }

    int segment(long number) {
        return segments[at(number)];
    }

    long start(long number) {
        return starts[at(number)];
    }

    long end(long number) {
        return ends[at(number)];
    }

    private static int at(long number) {
        return (int) number & CAPACITY - 1;
    }
}
