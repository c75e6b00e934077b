package io.pmemcheckj.replay;

import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;

/**
 * The latest stores of one thread, numbered in program order; adjacent ones of one owner count as one. Its epochs are what
 * it stored from one durability point, where it makes something durable, to the next.
 */
public final class RecentStores {
    /** Beyond this many bytes a store is data and no value that others depend on. */
    public static final int LARGEST_VALUE = 64;

    private static final int CAPACITY = 32;

    private final int[] owners = new int[CAPACITY];
    private final Segment[] segments = new Segment[CAPACITY];
    private final long[] starts = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private long next;

    private long epoch = 1;
    private long epochFirst;
    private boolean inPlace;
    private long before;

    RecentStores() {}

    /** To be called before the store takes effect. @param size bytes of one store of the run */
    void add(PersistentMemory memory, int owner, Segment segment, long start, long end, long size) {
        int last = at(next - 1);
        if (next == epochFirst) {
            inPlace = size <= LARGEST_VALUE && end - start == size && isInPlace(memory, segment, start, end);
        } else if (ends[last] == start && owners[last] == owner && segments[last] == segment) {
            ends[last] = end;
            return;
        }
        int at = at(next++);
        owners[at] = owner;
        starts[at] = start;
        ends[at] = end;
        if (segments[at] != segment) { // a write of a reference costs more than a look
            segments[at] = segment;
        }
    }

    /** Whether a store would replace what is durable, and not go into bytes that the run has not used yet. */
    public static boolean isInPlace(PersistentMemory memory, Segment segment, long start, long end) {
        return memory.pendingBytes(segment, start, end) == 0 && memory.everStored(segment, start, end);
    }

    void endEpoch() {
        long stored = next - epochFirst;
        if (stored > 0) {
            before = stored > 1 ? Long.MAX_VALUE : end(epochFirst) - start(epochFirst);
            epochFirst = next;
            epoch++;
        }
    }

    /** Number of the epoch, positive. */
    public long epoch() {
        return epoch;
    }

    /** Number of the first store of the epoch, which is that of the next store if the epoch has none yet. */
    public long epochFirst() {
        return epochFirst;
    }

    public boolean isEpochEmpty() {
        return next == epochFirst;
    }

    /** Whether the first store of the epoch replaced what was durable; false for large ones and runs. */
    public boolean isFirstInPlace() {
        return inPlace;
    }

    /** Bytes of the only store of the epoch before, or more than any store has if it had several; 0 if there is none. */
    public long bytesBefore() {
        return before;
    }

    /** Number of the next store. */
    public long next() {
        return next;
    }

    /** Number of the first store that is remembered. */
    public long first() {
        return Math.max(0, next - CAPACITY);
    }

    /** Number of the owner, see {@link io.pmemcheckj.memory.Owners}. */
    public int owner(long number) {
        return owners[at(number)];
    }

    public Segment segment(long number) {
        return segments[at(number)];
    }

    /** First position. */
    public long start(long number) {
        return starts[at(number)];
    }

    /** One past the last position. */
    public long end(long number) {
        return ends[at(number)];
    }

    private static int at(long number) {
        return (int) number & CAPACITY - 1;
    }
}
