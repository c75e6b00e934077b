package io.pmemcheckj.memory;

import java.util.Arrays;

/**
 * A file, or a registered range of memory, that the program keeps data in. Positions are offsets in the file; those of
 * registered memory start at the address's offset in its line, so that lines fall where the processor has them.
 */
public final class Segment {
    private static final int CHUNK_REGIONS = 64;
    private static final int CHUNK_SHIFT = Region.SHIFT + 6;

    /** State of 4 MiB. */
    private static final class Chunk {
        /** A region stored to, or null; see {@link Region}. */
        final long[][] regions = new long[CHUNK_REGIONS][];
        /** What is left of a region put aside by {@link #settle}. */
        final long[][] settled = new long[CHUNK_REGIONS][];
        /** Bit per region, set where bytes are pending, and for a while after none is. */
        long pending;
    }

    private final int id;
    private final String path;
    private final long bias;
    private final boolean registered;
    private Domain domain;
    private boolean sync;
    private boolean pool;
    private long size;
    long storedBytes;
    long pendingBytes;
    private Chunk[] chunks = new Chunk[4];

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

    /** Whether a library allocates in it and has a log of its changes. */
    public boolean isPool() {
        return pool;
    }

    public void markPool() {
        pool = true;
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

    // Regions found are not kept in fields: writing a reference there costs more, by the collector's barrier, than the
    // look-up.

    private Chunk chunk(long line) {
        int c = (int) (line >> CHUNK_SHIFT);
        return c < chunks.length ? chunks[c] : null;
    }

    private static int slot(long line) {
        return (int) (line >> Region.SHIFT) & CHUNK_REGIONS - 1;
    }

    /** The region of a line, or null if nothing of it is in flight. */
    long[] region(long line) {
        Chunk chunk = chunk(line);
        return chunk == null ? null : chunk.regions[slot(line)];
    }

    /** Replaces numbers of lines by the lines' heads. The loop is short, so that many of its reads wait at a time. */
    void fetchHeads(long[] lines, int from, int to) {
        for (int i = from; i < to; i++) {
            long[] cells = region(lines[i]);
            lines[i] = cells == null ? 0 : cells[Region.cell(lines[i]) + Region.HEADS];
        }
    }

    /** Makes the region of a line that has none. */
    long[] newRegion(long line) {
        Chunk chunk = chunk(line);
        if (chunk == null) {
            chunk = newChunk((int) (line >> CHUNK_SHIFT));
        }
        int slot = slot(line);
        chunk.regions[slot] = Region.create(chunk.settled[slot]);
        chunk.settled[slot] = null;
        return chunk.regions[slot];
    }

    private Chunk newChunk(int c) {
        if (c >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(c + 1, chunks.length * 2));
        }
        chunks[c] = new Chunk();
        return chunks[c];
    }

    /** Puts regions aside in which nothing is in flight. @return how many */
    int settle() {
        int settled = 0;
        for (Chunk chunk : chunks) {
            for (int slot = 0; chunk != null && slot < CHUNK_REGIONS; slot++) {
                if (chunk.regions[slot] != null) {
                    chunk.settled[slot] = Region.settled(chunk.regions[slot]);
                    if (chunk.settled[slot] != null) {
                        chunk.regions[slot] = null;
                        chunk.pending &= ~(1L << slot);
                        settled++;
                    }
                }
            }
        }
        return settled;
    }

    /** The bytes of a line that were ever stored. */
    public long everStored(long line) {
        long[] cells = region(line);
        if (cells != null) {
            return cells[Region.cell(line) + Region.STORED];
        }
        Chunk chunk = chunk(line);
        long[] settled = chunk == null ? null : chunk.settled[slot(line)];
        return settled == null ? 0 : Region.everStored(settled, line);
    }

    /** What to do with a line that was ever stored to. */
    public interface LineVisitor {
        /**
         * @param stored the bytes ever stored
         * @param pending those of them that are not persistent
         */
        void visit(long line, long stored, long pending);
    }

    /** Visits all lines that were ever stored to, by place. */
    public void forEachStored(LineVisitor visitor) {
        for (int c = 0; c < chunks.length; c++) {
            for (int slot = 0; chunks[c] != null && slot < CHUNK_REGIONS; slot++) {
                long first = ((long) c << CHUNK_SHIFT) + ((long) slot << Region.SHIFT);
                Region.forEachStored(chunks[c].regions[slot], chunks[c].settled[slot], first, visitor);
            }
        }
    }

    /** Notes that a line got its first pending byte. */
    void markPending(long line, long[] cells) {
        if (Region.markPending(line, cells)) {
            chunk(line).pending |= 1L << slot(line);
        }
    }

    /** The first line from {@code from} on that has pending bytes, or {@code end} if there is none before it. */
    long nextPending(long from, long end) {
        long line = from;
        while (line < end) {
            int c = (int) (line >> CHUNK_SHIFT);
            if (c >= chunks.length) {
                return end;
            }
            Chunk chunk = chunks[c];
            long regions = chunk == null ? 0 : chunk.pending >>> slot(line);
            if (regions == 0) {
                line = c + 1L << CHUNK_SHIFT;
                continue;
            }
            if ((regions & 1) == 0) {
                line = (line >> Region.SHIFT) + Long.numberOfTrailingZeros(regions) << Region.SHIFT;
                continue;
            }
            long[] cells = chunk.regions[slot(line)];
            if (cells[Region.COUNT] == 0) {
                chunk.pending &= ~(1L << slot(line));
                continue;
            }
            long lines = Region.pendingLines(line, cells) >>> line;
            if (lines != 0) {
                return Math.min(end, line + Long.numberOfTrailingZeros(lines));
            }
            line = (line | 63) + 1;
        }
        return end;
    }

    /** One past the last line that can have pending bytes. */
    long endLine() {
        return (long) chunks.length << CHUNK_SHIFT;
    }
}
