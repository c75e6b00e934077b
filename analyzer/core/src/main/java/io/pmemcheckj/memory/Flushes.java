package io.pmemcheckj.memory;

/**
 * The flushes that cover bytes of a line: each a pair (batch, site) with the bytes it still covers.
 *
 * <p>A line that one flush covers, as most are, needs no node: its head is the number of the pair, negated, and the bytes
 * are the cell's flushed ones. Otherwise the head is a list of {@link MaskNodes}. A flush stays with the line even when
 * stores have taken all its bytes, until its batch is completed: so a batch holds a line once however often it is flushed.
 * A failed flush is one of the batch {@link #FAILED}; its bytes are not flushed ones.
 */
final class Flushes {
    static final int FAILED = 0;

    private final MaskNodes nodes = new MaskNodes();
    private final Interner pairs = new Interner();
    private long newlyCovered;

    private int pair(int batch, int site) {
        return pairs.intern(batch, site);
    }

    private int batch(int pair) {
        return (int) pairs.first(pair);
    }

    /** Bytes were stored or became persistent: no flush covers them any more. */
    void uncover(long[] cells, int cell, long bytes) {
        cells[cell + Region.FLUSHED] &= ~bytes;
        int head = Region.flushes(cells, cell);
        if (head > 0) {
            Region.setFlushes(cells, cell, uncoverNodes(head, bytes));
        }
    }

    private int uncoverNodes(int first, long bytes) {
        int head = first;
        int previous = 0;
        for (int node = head; node != 0; ) {
            int following = nodes.next(node);
            nodes.setMask(node, nodes.mask(node) & ~bytes);
            if (nodes.mask(node) == 0 && batch(nodes.value(node)) == FAILED) {
                head = nodes.unlink(head, previous, node);
            } else {
                previous = node;
            }
            node = following;
        }
        return head;
    }

    /**
     * A flush of bytes that are not persistent begins.
     *
     * @param earlier another batch of the same thread, or null, see {@link #newlyCovered}
     * @return whether the batch must note the line
     */
    boolean cover(long[] cells, int cell, long bytes, FlushBatch batch, FlushBatch earlier, int site) {
        int pair = pair(batch.id, site);
        int head = Region.flushes(cells, cell);
        if (head == 0) {
            newlyCovered = bytes;
            Region.setFlushes(cells, cell, -pair);
            cells[cell + Region.FLUSHED] = bytes;
            return true;
        }
        if (head == -pair) {
            newlyCovered = bytes & ~cells[cell + Region.FLUSHED];
            cells[cell + Region.FLUSHED] |= bytes;
            return false;
        }
        if (head < 0) {
            head = nodes.allocate(cells[cell + Region.FLUSHED], -head, 0);
        }
        return coverInList(cells, cell, head, bytes, batch, earlier, pair);
    }

    private boolean coverInList(
            long[] cells, int cell, int first, long bytes, FlushBatch batch, FlushBatch earlier, int pair) {
        int head = first;
        long uncovered = bytes;
        long unknown = bytes;
        int same = 0;
        int previous = 0;
        for (int node = head; node != 0; ) {
            int following = nodes.next(node);
            int by = batch(nodes.value(node));
            if (by == FAILED) {
                nodes.setMask(node, nodes.mask(node) & ~bytes);
                if (nodes.mask(node) == 0) {
                    head = nodes.unlink(head, previous, node);
                    node = following;
                    continue;
                }
            } else if (by == batch.id) {
                uncovered &= ~nodes.mask(node);
                if (nodes.value(node) == pair) {
                    same = node;
                }
            } else if (earlier != null && by == earlier.id) {
                unknown &= ~nodes.mask(node);
            }
            previous = node;
            node = following;
        }
        newlyCovered = unknown & uncovered;
        cells[cell + Region.FLUSHED] |= uncovered;
        if (same != 0) {
            nodes.setMask(same, nodes.mask(same) | uncovered);
        } else if (uncovered != 0) {
            head = nodes.allocate(uncovered, pair, head);
        }
        Region.setFlushes(cells, cell, head);
        return same == 0 && uncovered != 0;
    }

    /** The bytes given to the last {@link #cover} that neither the batch nor the earlier one covered before. */
    long newlyCovered() {
        return newlyCovered;
    }

    /** Takes the flushes of a batch off a line. @return the bytes they covered */
    long take(long[] cells, int cell, int batch) {
        int head = Region.flushes(cells, cell);
        if (head > 0) {
            return takeFromList(cells, cell, head, batch);
        }
        if (head == 0 || batch(-head) != batch) {
            return 0;
        }
        long bytes = cells[cell + Region.FLUSHED];
        cells[cell + Region.FLUSHED] = 0;
        Region.setFlushes(cells, cell, 0);
        return bytes;
    }

    private long takeFromList(long[] cells, int cell, int first, int batch) {
        int head = first;
        long taken = 0;
        long others = 0;
        int previous = 0;
        for (int node = head; node != 0; ) {
            int following = nodes.next(node);
            int by = batch(nodes.value(node));
            if (by == batch) {
                taken |= nodes.mask(node);
                head = nodes.unlink(head, previous, node);
            } else {
                others |= by == FAILED ? 0 : nodes.mask(node);
                previous = node;
            }
            node = following;
        }
        cells[cell + Region.FLUSHED] = others;
        Region.setFlushes(cells, cell, head);
        return taken;
    }

    /** A flush of bytes failed; of those, what another flush covers does not count. */
    void fail(long[] cells, int cell, long bytes, int site) {
        long lost = bytes & ~cells[cell + Region.FLUSHED];
        if (lost != 0) {
            int head = Region.flushes(cells, cell);
            int rest = head < 0 ? nodes.allocate(cells[cell + Region.FLUSHED], -head, 0) : head;
            Region.setFlushes(cells, cell, nodes.allocate(lost, pair(FAILED, site), rest));
        }
    }

    /** Tells how far bytes with one owner have come. */
    void visit(
            Segment segment,
            long line,
            long[] cells,
            int cell,
            long bytes,
            int owner,
            PersistentMemory.PendingVisitor visitor) {
        long rest = bytes;
        int head = Region.flushes(cells, cell);
        if (head < 0) {
            long flushed = rest & cells[cell + Region.FLUSHED];
            if (flushed != 0) {
                visitor.visit(segment, line, flushed, owner, PendingState.FLUSHED, site(-head));
            }
            rest &= ~flushed;
        } else if (head > 0) {
            // Live flushes first: bytes that a later flush covers did not fail for good.
            rest = visitNodes(segment, line, head, rest, owner, false, visitor);
            rest = visitNodes(segment, line, head, rest, owner, true, visitor);
        }
        if (rest != 0) {
            visitor.visit(segment, line, rest, owner, PendingState.DIRTY, 0);
        }
    }

    /** The batch of a flush in flight that covers some of the bytes, {@link #FAILED} if there is none. */
    int covering(long[] cells, int cell, long bytes) {
        int head = Region.flushes(cells, cell);
        if (head < 0) {
            return (bytes & cells[cell + Region.FLUSHED]) == 0 ? FAILED : batch(-head);
        }
        int found = FAILED;
        for (int node = head; node != 0 && found == FAILED; node = nodes.next(node)) {
            if ((bytes & nodes.mask(node)) != 0) {
                found = batch(nodes.value(node));
            }
        }
        return found;
    }

    private int site(int pair) {
        return (int) pairs.second(pair);
    }

    private long visitNodes(
            Segment segment,
            long line,
            int head,
            long bytes,
            int owner,
            boolean failed,
            PersistentMemory.PendingVisitor visitor) {
        long rest = bytes;
        for (int node = head; node != 0 && rest != 0; node = nodes.next(node)) {
            long covered = rest & nodes.mask(node);
            if (covered != 0 && (batch(nodes.value(node)) == FAILED) == failed) {
                PendingState state = failed ? PendingState.FAILED : PendingState.FLUSHED;
                visitor.visit(segment, line, covered, owner, state, site(nodes.value(node)));
                rest &= ~covered;
            }
        }
        return rest;
    }
}
