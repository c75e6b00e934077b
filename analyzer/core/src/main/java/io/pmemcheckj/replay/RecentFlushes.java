package io.pmemcheckj.replay;

/**
 * The latest flushes, fences and forces of all threads, in order: the memory forgets them as soon as what they covered is
 * persistent, and a finding is understood by what came before.
 */
public final class RecentFlushes {
    /** What happened. */
    public enum Kind {
        FLUSHED,
        FENCED,
        FORCE_BEGAN,
        FORCE_ENDED,
        FORCE_FAILED
    }

    /** Hears what is remembered, oldest first. */
    public interface Visitor {
        /**
         * @param segment number of the segment flushed, 0 where the event has no range
         * @param start first position flushed, rounded to what the domain writes back at once
         * @param end one past the last one
         */
        void visit(Kind kind, int thread, int site, int segment, long start, long end);
    }

    private static final int CAPACITY = 512;

    private static final Kind[] KINDS = Kind.values();

    private final byte[] kinds =
            new byte[CAPACITY]; // no references: writing one costs more, by the collector's barrier
    private final int[] threads = new int[CAPACITY];
    private final int[] sites = new int[CAPACITY];
    private final int[] segments = new int[CAPACITY];
    private final long[] starts = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private long next;

    RecentFlushes() {}

    void add(Kind kind, int thread, int site) {
        add(kind, thread, site, 0, 0, 0);
    }

    void add(Kind kind, int thread, int site, int segment, long start, long end) {
        int at = at(next++);
        kinds[at] = (byte) kind.ordinal();
        threads[at] = thread;
        sites[at] = site;
        segments[at] = segment;
        starts[at] = start;
        ends[at] = end;
    }

    public void forEach(Visitor visitor) {
        for (long i = Math.max(0, next - CAPACITY); i < next; i++) {
            int at = at(i);
            visitor.visit(KINDS[kinds[at]], threads[at], sites[at], segments[at], starts[at], ends[at]);
        }
    }

    private static int at(long number) {
        return (int) number & CAPACITY - 1;
    }
}
