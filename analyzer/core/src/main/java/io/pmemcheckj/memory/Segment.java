package io.pmemcheckj.memory;

/**
 * A file, or a registered range of memory, that the program keeps data in. Positions are offsets in the file; those of
 * registered memory start at the address's offset in its line, so that lines fall where the processor has them.
 */
public final class Segment {
    static final int CHUNK_SHIFT = 12;
    static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;

    /** State of 16 MiB. */
    static final class Chunk {
        final LinePage[] live = new LinePage[CHUNK_PAGES];
        final long[][] stored = new long[CHUNK_PAGES][];
        int liveCount;
    }

    private final int id;
    private final String path;
    private final long bias;
    private final boolean registered;
    private Domain domain;
    private boolean sync;
    private long size;
    long storedBytes;
    long pendingBytes;
    Chunk[] chunks = new Chunk[4];

    Segment(int id, String path, long bias, boolean registered, Domain domain) {
        this.id = id;
        this.path = path;
        this.bias = bias;
        this.registered = registered;
        this.domain = domain;
    }

    /** Number in reports, from 1. */
    public int id() {
        return id;
    }

    public String path() {
        return path;
    }

    /** What to subtract from a position to get the offset users know. */
    public long bias() {
        return bias;
    }

    public Domain domain() {
        return domain;
    }

    public void setDomain(Domain value) {
        domain = value;
    }

    public boolean isRegistered() {
        return registered;
    }

    public boolean isSync() {
        return sync;
    }

    public void markSync() {
        sync = true;
    }

    /** One past the highest offset ever mapped. */
    public long size() {
        return size;
    }

    public void extendTo(long end) {
        size = Math.max(size, end);
    }

    /** Number of distinct bytes ever stored. */
    public long storedBytes() {
        return storedBytes;
    }

    /** Number of bytes stored and not persistent now. */
    public long pendingBytes() {
        return pendingBytes;
    }
}
