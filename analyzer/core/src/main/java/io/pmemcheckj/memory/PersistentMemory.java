package io.pmemcheckj.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Which bytes of which segments are not persistent, who stored them and who flushed them, exact to the byte.
 *
 * <p>A byte is clean, dirty (stored), or flushed (a flush that covers it has been started and not completed). Storing makes it
 * dirty; {@link #flush} moves dirty to flushed under a {@link FlushBatch}; {@link #complete} moves what is still flushed under that
 * batch to clean; {@link #fail} moves it back to dirty and remembers that the flush failed.
 */
public final class PersistentMemory {
    private static final int FAILED = 0;

    private final List<Segment> segments = new ArrayList<>();
    private final Owners owners = new Owners();
    private final OwnerNodes ownerNodes = new OwnerNodes();
    private final FlushNodes flushNodes = new FlushNodes();
    private LinePage freePages;
    private int batches = FAILED;
    private long pendingBytes;

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

    public FlushBatch newBatch() {
        return new FlushBatch(++batches);
    }

    /** Number of bytes not persistent now, in all segments. */
    public long pendingBytes() {
        return pendingBytes;
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

    /** Bytes [start, end) were stored and are durable at once. */
    public void storeDurably(Segment segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end; line++) {
            long mask = ByteSet.maskOf(line, start, end);
            markStored(segment, line, mask);
            LinePage page = pageAt(segment, line >> LinePage.SHIFT);
            if (page != null) {
                persist(segment, page, line, mask);
            }
        }
    }

    private void storeLine(Segment segment, long line, long mask, int owner) {
        LinePage page = pageForStore(segment, line >> LinePage.SHIFT);
        int i = (int) line & LinePage.LINES - 1;
        long old = page.cells[4 * i];
        if (page.flushes(i) != 0) {
            unflush(page, i, mask);
        }
        long fresh = mask & ~old;
        if (fresh != 0) {
            markStored(segment, line, fresh); // what is pending was marked when it became so
            page.cells[4 * i] = old | mask;
            page.pendingLines |= 1L << i;
            int bytes = Long.bitCount(fresh);
            segment.pendingBytes += bytes;
            pendingBytes += bytes;
        }
        page.setOwners(i, ownerNodes.store(page.owners(i), old, mask, owner));
    }

    private void markStored(Segment segment, long line, long mask) {
        int slot = (int) (line >> LinePage.SHIFT) & Segment.CHUNK_PAGES - 1;
        Segment.Chunk chunk = chunkForStore(segment, line >> LinePage.SHIFT);
        long[] stored = chunk.stored[slot];
        if (stored == null) {
            stored = new long[LinePage.LINES];
            chunk.stored[slot] = stored;
        }
        int i = (int) line & LinePage.LINES - 1;
        long fresh = mask & ~stored[i];
        if (fresh != 0) {
            stored[i] |= fresh;
            segment.storedBytes += Long.bitCount(fresh);
        }
    }

    private void unflush(LinePage page, int i, long mask) {
        int previous = 0;
        for (int node = page.flushes(i); node != 0; ) {
            int following = flushNodes.next[node];
            flushNodes.mask[node] &= ~mask;
            if (flushNodes.mask[node] == 0 && flushNodes.batch[node] == FAILED) {
                unlink(page, i, previous, node);
            } else {
                previous = node;
            }
            node = following;
        }
        page.cells[4 * i + 1] &= ~mask;
    }

    private void unlink(LinePage page, int i, int previous, int node) {
        if (previous == 0) {
            page.setFlushes(i, flushNodes.next[node]);
        } else {
            flushNodes.next[previous] = flushNodes.next[node];
        }
        flushNodes.release(node);
        page.flushNodes--;
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
        for (long number = firstLine >> LinePage.SHIFT; number << LinePage.SHIFT < endLine; number++) {
            LinePage page = pageAt(segment, number);
            if (page == null) {
                number = skipEmptyChunk(segment, number);
                continue;
            }
            long base = number << LinePage.SHIFT;
            long lines = page.pendingLines & ByteSet.maskOf(number, firstLine, endLine);
            while (lines != 0) {
                int i = Long.numberOfTrailingZeros(lines);
                lines &= lines - 1;
                flushLine(segment, page, base + i, page.cells[4 * i], batch, earlier, site);
            }
        }
    }

    /** Marks exactly these bytes as flushed: for stores that bypass the caches. */
    public void flushStored(Segment segment, long start, long end, FlushBatch batch, int site) {
        for (long line = start >> 6; line << 6 < end; line++) {
            LinePage page = pageAt(segment, line >> LinePage.SHIFT);
            flushLine(segment, page, line, ByteSet.maskOf(line, start, end), batch, null, site);
        }
    }

    /** A flush of everything in the segment begins. */
    public void flushAll(Segment segment, FlushBatch batch, FlushBatch earlier, int site) {
        for (int c = 0; c < segment.chunks.length; c++) {
            Segment.Chunk chunk = segment.chunks[c];
            for (int slot = 0; chunk != null && chunk.liveCount > 0 && slot < Segment.CHUNK_PAGES; slot++) {
                if (chunk.live[slot] != null) {
                    long first = ((long) c * Segment.CHUNK_PAGES + slot) << 12;
                    flush(segment, first, first + 4096, batch, earlier, site);
                }
            }
        }
    }

    private void flushLine(
            Segment segment, LinePage page, long line, long mask, FlushBatch batch, FlushBatch earlier, int site) {
        int i = (int) line & LinePage.LINES - 1;
        long dirty = mask & ~page.cells[4 * i + 1];
        if (dirty != 0) {
            dirtyLines++;
            dirtyBytes += Long.bitCount(dirty);
        }
        long uncovered = mask;
        long unknown = mask;
        int same = 0;
        int previous = 0;
        for (int node = page.flushes(i); node != 0; ) {
            int following = flushNodes.next[node];
            int by = flushNodes.batch[node];
            if (by == FAILED) {
                flushNodes.mask[node] &= ~mask;
                if (flushNodes.mask[node] == 0) {
                    unlink(page, i, previous, node);
                    node = following;
                    continue;
                }
            } else if (by == batch.id) {
                uncovered &= ~flushNodes.mask[node];
                unknown &= ~flushNodes.mask[node];
                if (flushNodes.site[node] == site) {
                    same = node;
                }
            } else if (earlier != null && by == earlier.id) {
                unknown &= ~flushNodes.mask[node];
            }
            previous = node;
            node = following;
        }
        newlyCoveredBytes += Long.bitCount(unknown);
        if (uncovered == 0) {
            return;
        }
        if (same != 0) {
            flushNodes.mask[same] |= uncovered;
        } else {
            page.setFlushes(i, flushNodes.allocate(uncovered, batch.id, site, page.flushes(i)));
            page.flushNodes++;
            batch.add(segment.id(), line);
        }
        page.cells[4 * i + 1] |= uncovered;
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
            LinePage page = pageAt(segment, line >> LinePage.SHIFT);
            if (page == null) {
                continue; // a second entry for a line that the first one settled
            }
            int i = (int) line & LinePage.LINES - 1;
            long mask = takeBatch(page, i, batch.id);
            if (success) {
                persist(segment, page, line, mask);
            } else if (mask != 0) {
                addFailure(page, i, mask & ~page.cells[4 * i + 1], site);
            }
            releaseIfIdle(segment, page, line >> LinePage.SHIFT);
        }
        batch.clear();
    }

    /** Removes the nodes of a batch from a line. @return the bytes they covered */
    private long takeBatch(LinePage page, int i, int batch) {
        long mask = 0;
        long others = 0;
        int previous = 0;
        for (int node = page.flushes(i); node != 0; ) {
            int following = flushNodes.next[node];
            if (flushNodes.batch[node] == batch) {
                mask |= flushNodes.mask[node];
                unlink(page, i, previous, node);
            } else {
                if (flushNodes.batch[node] != FAILED) {
                    others |= flushNodes.mask[node];
                }
                previous = node;
            }
            node = following;
        }
        page.cells[4 * i + 1] = others;
        return mask;
    }

    private void addFailure(LinePage page, int i, long mask, int site) {
        if (mask != 0) {
            page.setFlushes(i, flushNodes.allocate(mask, FAILED, site, page.flushes(i)));
            page.flushNodes++;
        }
    }

    /** Bytes [start, end) are persistent as they stand. */
    public void setClean(Segment segment, long start, long end) {
        for (long number = start >> 12; number << 12 < end; number++) {
            LinePage page = pageAt(segment, number);
            if (page == null) {
                number = skipEmptyChunk(segment, number);
                continue;
            }
            long base = number << LinePage.SHIFT;
            for (long lines = page.pendingLines; lines != 0; lines &= lines - 1) {
                long line = base + Long.numberOfTrailingZeros(lines);
                persist(segment, page, line, ByteSet.maskOf(line, start, end));
            }
            releaseIfIdle(segment, page, number);
        }
    }

    private void persist(Segment segment, LinePage page, long line, long bytes) {
        int i = (int) line & LinePage.LINES - 1;
        long mask = bytes & page.cells[4 * i];
        if (mask == 0) {
            return;
        }
        page.cells[4 * i] &= ~mask;
        if (page.cells[4 * i] == 0) {
            page.pendingLines &= ~(1L << i);
        }
        int count = Long.bitCount(mask);
        segment.pendingBytes -= count;
        pendingBytes -= count;
        page.setOwners(i, ownerNodes.strip(page.owners(i), page.cells[4 * i], mask));
        if (page.flushes(i) != 0) {
            unflush(page, i, mask);
        }
    }

    private void releaseIfIdle(Segment segment, LinePage page, long number) {
        if (page.isIdle()) {
            Segment.Chunk chunk = segment.chunks[(int) (number >> Segment.CHUNK_SHIFT)];
            chunk.live[(int) number & Segment.CHUNK_PAGES - 1] = null;
            chunk.liveCount--;
            page.nextFree = freePages;
            freePages = page;
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
        LinePage page = pageAt(segment, line >> LinePage.SHIFT);
        return page == null ? 0 : page.cells[4 * ((int) line & LinePage.LINES - 1)];
    }

    /** Whether any byte of [start, end) was ever stored. */
    public boolean everStored(Segment segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end; line++) {
            Segment.Chunk chunk = chunkAt(segment, line >> LinePage.SHIFT);
            long[] stored =
                    chunk == null ? null : chunk.stored[(int) (line >> LinePage.SHIFT) & Segment.CHUNK_PAGES - 1];
            if (stored != null && (stored[(int) line & LinePage.LINES - 1] & ByteSet.maskOf(line, start, end)) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Visits all bytes that are not persistent, by segment and place. */
    public void forEachPending(PendingVisitor visitor) {
        for (Segment segment : segments) {
            for (int c = 0; c < segment.chunks.length; c++) {
                Segment.Chunk chunk = segment.chunks[c];
                for (int slot = 0; chunk != null && chunk.liveCount > 0 && slot < Segment.CHUNK_PAGES; slot++) {
                    if (chunk.live[slot] != null) {
                        long first = ((long) c * Segment.CHUNK_PAGES + slot) << 12;
                        forEachPending(segment, first, first + 4096, visitor);
                    }
                }
            }
        }
    }

    /** The same for [start, end) of one segment. */
    public void forEachPending(Segment segment, long start, long end, PendingVisitor visitor) {
        for (long number = start >> 12; number << 12 < end; number++) {
            LinePage page = pageAt(segment, number);
            if (page == null) {
                number = skipEmptyChunk(segment, number);
                continue;
            }
            long base = number << LinePage.SHIFT;
            for (long lines = page.pendingLines; lines != 0; lines &= lines - 1) {
                int i = Long.numberOfTrailingZeros(lines);
                visitLine(segment, page, base + i, ByteSet.maskOf(base + i, start, end), visitor);
            }
        }
    }

    private void visitLine(Segment segment, LinePage page, long line, long range, PendingVisitor visitor) {
        int i = (int) line & LinePage.LINES - 1;
        int head = page.owners(i);
        if (head < 0) {
            visitOwned(segment, page, line, page.cells[4 * i] & range, -head, visitor);
            return;
        }
        for (int node = head; node != 0; node = ownerNodes.next(node)) {
            visitOwned(segment, page, line, ownerNodes.mask(node) & range, ownerNodes.owner(node), visitor);
        }
    }

    private void visitOwned(Segment segment, LinePage page, long line, long mask, int owner, PendingVisitor visitor) {
        // Live flushes first: bytes that a later flush covers did not fail for good.
        long rest = visitFlushes(segment, page, line, mask, owner, false, visitor);
        rest = visitFlushes(segment, page, line, rest, owner, true, visitor);
        if (rest != 0) {
            visitor.visit(segment, line, rest, owner, PendingState.DIRTY, 0);
        }
    }

    private long visitFlushes(
            Segment segment, LinePage page, long line, long mask, int owner, boolean failed, PendingVisitor visitor) {
        long rest = mask;
        int i = (int) line & LinePage.LINES - 1;
        for (int node = page.flushes(i); node != 0 && rest != 0; node = flushNodes.next[node]) {
            long bytes = rest & flushNodes.mask[node];
            if (bytes != 0 && (flushNodes.batch[node] == FAILED) == failed) {
                PendingState state = failed ? PendingState.FAILED : PendingState.FLUSHED;
                visitor.visit(segment, line, bytes, owner, state, flushNodes.site[node]);
                rest &= ~bytes;
            }
        }
        return rest;
    }

    // Pages found are not kept in fields: writing a reference there costs more, by the collector's barrier, than the
    // look-up.

    private static Segment.Chunk chunkAt(Segment segment, long number) {
        int c = (int) (number >> Segment.CHUNK_SHIFT);
        return c < segment.chunks.length ? segment.chunks[c] : null;
    }

    private static LinePage pageAt(Segment segment, long number) {
        Segment.Chunk chunk = chunkAt(segment, number);
        return chunk == null ? null : chunk.live[(int) number & Segment.CHUNK_PAGES - 1];
    }

    private LinePage pageForStore(Segment segment, long number) {
        LinePage page = pageAt(segment, number);
        return page == null ? newPage(segment, number) : page;
    }

    private LinePage newPage(Segment segment, long number) {
        LinePage page = freePages;
        if (page == null) {
            page = new LinePage();
        } else {
            freePages = page.nextFree;
            page.nextFree = null;
        }
        Segment.Chunk chunk = chunkForStore(segment, number);
        chunk.live[(int) number & Segment.CHUNK_PAGES - 1] = page;
        chunk.liveCount++;
        return page;
    }

    private static Segment.Chunk chunkForStore(Segment segment, long number) {
        Segment.Chunk chunk = chunkAt(segment, number);
        return chunk == null ? newChunk(segment, number) : chunk;
    }

    private static Segment.Chunk newChunk(Segment segment, long number) {
        int c = (int) (number >> Segment.CHUNK_SHIFT);
        if (c >= segment.chunks.length) {
            segment.chunks = Arrays.copyOf(segment.chunks, Math.max(c + 1, segment.chunks.length * 2));
        }
        segment.chunks[c] = new Segment.Chunk();
        return segment.chunks[c];
    }

    /** @return the last page of the chunk if nothing in the chunk is in flight, else the page itself */
    private static long skipEmptyChunk(Segment segment, long number) {
        int c = (int) (number >> Segment.CHUNK_SHIFT);
        boolean empty = c >= segment.chunks.length || segment.chunks[c] == null || segment.chunks[c].liveCount == 0;
        return empty ? number | Segment.CHUNK_PAGES - 1 : number;
    }
}
