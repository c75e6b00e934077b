package io.pmemcheckj.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which bytes of which segments are not persistent, who stored them and who flushed them, exact to the byte.
 *
 * <p>A byte is clean, dirty (stored), or flushed (a flush that covers it has been started and not completed). Storing makes it
 * dirty; {@link #flush} moves dirty to flushed under a {@link FlushBatch}; {@link #complete} moves what is still flushed under that
 * batch to clean; {@link #fail} moves it back to dirty and remembers that the flush failed.
 */
public final class PersistentMemory {
    /** An eighth of the heap in regions, then those with nothing in flight are put aside. */
    private static final long SETTLE_AFTER =
            Math.max(64, Runtime.getRuntime().maxMemory() / 8 / (Region.COUNT * (long) Long.BYTES));

    private static final int FEW_REGIONS = 16;

    /** Another thread may look how far the replay is. */
    private final List<Segment> segments = new CopyOnWriteArrayList<>();

    private final Owners owners = new Owners();
    private final OwnerBlocks ownerBlocks = new OwnerBlocks();
    private final Flushes flushes = new Flushes();
    private long regionsMade;
    private int batches = Flushes.FAILED;
    private final List<Integer> batchThreads = new ArrayList<>();
    private long pendingBytes;
    private PersistListener persistListener;

    // Results of the last flush, read by accessors: a flush is too frequent to allocate for.
    private long coveredLines;
    private long dirtyLines;
    private long dirtyBytes;
    private long newlyCoveredBytes;

    /** What is known of bytes of a line that are not persistent. */
    public interface PendingVisitor {
        /**
         * @param line number of the line in the segment
         * @param mask the bytes, all stored by one owner and in one state
         * @param state whether and how they were flushed
         * @param flushSite where they were flushed, 0 for {@link PendingState#DIRTY} or when not known
         */
        void visit(Segment segment, long line, long mask, int owner, PendingState state, int flushSite);
    }

    /** Hears of bytes that were not persistent and are now. */
    public interface PersistListener {
        void persisted(Segment segment, long line, long mask);
    }

    /** From now on the listener hears of bytes that become persistent; there is one at most. */
    public void tellPersisted(PersistListener listener) {
        persistListener = listener;
    }

    public Owners owners() {
        return owners;
    }

    public List<Segment> segments() {
        return Collections.unmodifiableList(segments);
    }

    /** The segment with this id. */
    public Segment segment(int id) {
        return segments.get(id - 1);
    }

    public Segment addSegment(String path, long bias, boolean registered, Domain domain) {
        Segment segment = new Segment(segments.size() + 1, path, bias, registered, domain);
        segments.add(segment);
        return segment;
    }

    /** @param thread whose flushes it will hold */
    public FlushBatch newBatch(int thread) {
        batchThreads.add(thread);
        return new FlushBatch(++batches);
    }

    /** The thread whose flush covers some of these bytes and is not complete, or -1 if no flush does. */
    public int flusher(Segment segment, long line, long mask) {
        long[] cells = segment.region(line);
        int batch = cells == null ? Flushes.FAILED : flushes.covering(cells, Region.cell(line), mask);
        return batch == Flushes.FAILED ? -1 : batchThreads.get(batch - 1);
    }

    /** Number of bytes not persistent now, in all segments. */
    public long pendingBytes() {
        return pendingBytes;
    }

    /** Whether the state of the lines is so small that no event waits long for it. */
    public boolean fitsCaches() {
        return regionsMade < FEW_REGIONS;
    }

    /**
     * Reads what stores to these lines will look at, to have it in the processor's cache when they do.
     *
     * @param lines numbers of lines; overwritten from {@code from} to {@code to}
     * @return anything
     */
    public long fetch(Segment segment, long[] lines, int from, int to) {
        segment.fetchHeads(lines, from, to);
        long sum = 0;
        for (int i = from; i < to; i++) {
            int owners = (int) (lines[i] >> 32);
            sum += owners > 0 ? ownerBlocks.mask(owners, 0) : owners;
        }
        return sum;
    }

    /** Bytes [start, end) were stored. */
    public void store(Segment segment, long start, long end, int owner) {
        long line = start >> 6;
        long lastLine = (end - 1) >> 6;
        if (line == lastLine) {
            storeLine(segment, line, (-1L << (start & 63)) & (-1L >>> (63 - ((end - 1) & 63))), owner);
            return;
        }
        storeLine(segment, line, -1L << (start & 63), owner);
        for (line++; line < lastLine; line++) {
            storeLine(segment, line, -1L, owner);
        }
        storeLine(segment, lastLine, -1L >>> (63 - ((end - 1) & 63)), owner);
    }

    /** These bytes of a line were stored. */
    public void storeBytes(Segment segment, long line, long mask, int owner) {
        storeLine(segment, line, mask, owner);
    }

    /** Bytes [start, end) were stored and are durable at once. */
    public void storeDurably(Segment segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end; line++) {
            long mask = ByteSet.maskOf(line, start, end);
            long[] cells = regionForStore(segment, line);
            markStored(segment, cells, Region.cell(line), mask);
            persist(segment, cells, line, mask);
        }
    }

    private void storeLine(Segment segment, long line, long mask, int owner) {
        long[] cells = regionForStore(segment, line);
        int cell = Region.cell(line);
        long old = cells[cell];
        if (Region.flushes(cells, cell) != 0) {
            flushes.uncover(cells, cell, mask);
        }
        long fresh = mask & ~old;
        if (fresh != 0) {
            markStored(segment, cells, cell, fresh); // what is pending was marked when it became so
            cells[cell] = old | mask;
            if (old == 0) {
                segment.markPending(line, cells);
            }
            int bytes = Long.bitCount(fresh);
            segment.pendingBytes += bytes;
            pendingBytes += bytes;
        }
        int head = Region.owners(cells, cell);
        if (head != -owner) {
            Region.setOwners(cells, cell, ownerBlocks.store(head, old, mask, owner));
        }
    }

    private static void markStored(Segment segment, long[] cells, int cell, long mask) {
        long old = cells[cell + Region.STORED];
        if ((mask & ~old) != 0) {
            cells[cell + Region.STORED] = old | mask;
            segment.storedBytes += Long.bitCount(mask & ~old);
        }
    }

    private long[] regionForStore(Segment segment, long line) {
        long[] cells = segment.region(line);
        return cells == null ? newRegion(segment, line) : cells;
    }

    private long[] newRegion(Segment segment, long line) {
        if (++regionsMade % SETTLE_AFTER == 0) {
            settle();
        }
        return segment.newRegion(line);
    }

    /** Frees what it can without forgetting anything. @return number of regions put aside */
    int settle() {
        int settled = 0;
        for (Segment segment : segments) {
            settled += segment.settle();
        }
        return settled;
    }

    /** Starts a measurement over the flushes that one event of the program causes. */
    public void startFlush() {
        coveredLines = 0;
        dirtyLines = 0;
        dirtyBytes = 0;
        newlyCoveredBytes = 0;
    }

    /** Number of lines in the ranges flushed since {@link #startFlush}. */
    public long coveredLines() {
        return coveredLines;
    }

    /** Lines among them that had dirty bytes. */
    public long dirtyLines() {
        return dirtyLines;
    }

    /** Dirty bytes among them. */
    public long dirtyBytes() {
        return dirtyBytes;
    }

    /** Bytes that were not persistent and that none of the batches given as {@code batch} or {@code earlier} covered. */
    public long newlyCoveredBytes() {
        return newlyCoveredBytes;
    }

    /**
     * A flush of the lines that hold [start, end) begins.
     *
     * @param batch what completes it
     * @param earlier another batch of the same thread, to tell whether the thread flushed the bytes before; may be null
     */
    public void flush(Segment segment, long start, long end, FlushBatch batch, FlushBatch earlier, int site) {
        long firstLine = start >> 6;
        long endLine = (end + 63) >> 6;
        coveredLines += endLine - firstLine;
        if (firstLine + 1 == endLine) {
            flushOneLine(segment, firstLine, batch, earlier, site);
            return;
        }
        long line = segment.nextPending(firstLine, endLine);
        while (line < endLine) {
            long[] cells = segment.region(line);
            flushLine(segment, cells, line, cells[Region.cell(line)], batch, earlier, site);
            line = segment.nextPending(line + 1, endLine);
        }
    }

    private void flushOneLine(Segment segment, long line, FlushBatch batch, FlushBatch earlier, int site) {
        long[] cells = segment.region(line);
        if (cells != null && cells[Region.cell(line)] != 0) {
            flushLine(segment, cells, line, cells[Region.cell(line)], batch, earlier, site);
        }
    }

    /** Marks exactly these bytes as flushed: for stores that bypass the caches. */
    public void flushStored(Segment segment, long start, long end, FlushBatch batch, int site) {
        for (long line = start >> 6; line << 6 < end; line++) {
            long[] cells = segment.region(line);
            flushLine(segment, cells, line, ByteSet.maskOf(line, start, end), batch, null, site);
        }
    }

    /** A flush of everything in the segment begins. */
    public void flushAll(Segment segment, FlushBatch batch, FlushBatch earlier, int site) {
        flush(segment, 0, segment.endLine() << 6, batch, earlier, site);
    }

    private void flushLine(
            Segment segment, long[] cells, long line, long mask, FlushBatch batch, FlushBatch earlier, int site) {
        int cell = Region.cell(line);
        long dirty = mask & ~cells[cell + Region.FLUSHED];
        if (dirty != 0) {
            dirtyLines++;
            dirtyBytes += Long.bitCount(dirty);
        }
        if (flushes.cover(cells, cell, mask, batch, earlier, site)) {
            batch.add(segment.id(), line);
        }
        newlyCoveredBytes += Long.bitCount(flushes.newlyCovered());
    }

    /** What the batch covers, and nobody stored to since, is persistent. The batch is empty afterwards. */
    public void complete(FlushBatch batch) {
        finish(batch, true, 0);
    }

    /** What the batch covers is dirty again, unless another flush covers it too. The batch is empty afterwards. */
    public void fail(FlushBatch batch, int site) {
        finish(batch, false, site);
    }

    private void finish(FlushBatch batch, boolean success, int site) {
        for (int entry = 0; entry < batch.size; entry++) {
            Segment segment = segment(batch.segments[entry]);
            long line = batch.lines[entry];
            long[] cells = segment.region(line);
            if (cells == null) {
                continue; // a second entry for a line that the first one settled
            }
            int cell = Region.cell(line);
            long mask = flushes.take(cells, cell, batch.id);
            if (success) {
                persist(segment, cells, line, mask);
            } else {
                flushes.fail(cells, cell, mask, site);
            }
        }
        batch.clear();
    }

    /** Bytes [start, end) are persistent as they stand. */
    public void setClean(Segment segment, long start, long end) {
        long endLine = (end + 63) >> 6;
        long line = segment.nextPending(start >> 6, endLine);
        while (line < endLine) {
            persist(segment, segment.region(line), line, ByteSet.maskOf(line, start, end));
            line = segment.nextPending(line + 1, endLine);
        }
    }

    private void persist(Segment segment, long[] cells, long line, long bytes) {
        int cell = Region.cell(line);
        long mask = bytes & cells[cell];
        if (mask == 0) {
            return;
        }
        long rest = cells[cell] & ~mask;
        cells[cell] = rest;
        int count = Long.bitCount(mask);
        segment.pendingBytes -= count;
        pendingBytes -= count;
        Region.setOwners(cells, cell, ownerBlocks.strip(Region.owners(cells, cell), rest, mask));
        if (Region.flushes(cells, cell) != 0) {
            flushes.uncover(cells, cell, mask);
        }
        if (rest == 0) {
            Region.clearPending(line, cells);
        }
        if (persistListener != null) {
            persistListener.persisted(segment, line, mask);
        }
    }

    /** Number of bytes in [start, end) that are not persistent. */
    public long pendingBytes(Segment segment, long start, long end) {
        long bytes = 0;
        for (long line = start >> 6; line << 6 < end; line++) {
            bytes += Long.bitCount(pendingMask(segment, line) & ByteSet.maskOf(line, start, end));
        }
        return bytes;
    }

    /** The bytes of the line that are not persistent. */
    public long pendingMask(Segment segment, long line) {
        long[] cells = segment.region(line);
        return cells == null ? 0 : cells[Region.cell(line)];
    }

    /** Whether any byte of [start, end) was ever stored. */
    public boolean everStored(Segment segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end; line++) {
            if ((segment.everStored(line) & ByteSet.maskOf(line, start, end)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Visits all bytes that are not persistent, by segment and place. */
    public void forEachPending(PendingVisitor visitor) {
        for (Segment segment : segments) {
            forEachPending(segment, 0, segment.endLine() << 6, visitor);
        }
    }

    /** The same for [start, end) of one segment. */
    public void forEachPending(Segment segment, long start, long end, PendingVisitor visitor) {
        long endLine = (end + 63) >> 6;
        long line = segment.nextPending(start >> 6, endLine);
        while (line < endLine) {
            visitLine(segment, line, ByteSet.maskOf(line, start, end), visitor);
            line = segment.nextPending(line + 1, endLine);
        }
    }

    private void visitLine(Segment segment, long line, long range, PendingVisitor visitor) {
        long[] cells = segment.region(line);
        int cell = Region.cell(line);
        int head = Region.owners(cells, cell);
        if (head < 0) {
            flushes.visit(segment, line, cells, cell, cells[cell] & range, -head, visitor);
            return;
        }
        // By place in the line, so that findings do not depend on the order in which owners came to be known.
        long mask;
        for (long rest = cells[cell] & range; rest != 0; rest &= ~mask) {
            int place = ownerBlocks.find(head, Long.lowestOneBit(rest));
            int block = place / OwnerBlocks.OWNERS;
            mask = ownerBlocks.mask(block, place % OwnerBlocks.OWNERS) & range;
            flushes.visit(
                    segment, line, cells, cell, mask, ownerBlocks.owner(block, place % OwnerBlocks.OWNERS), visitor);
        }
    }
}
