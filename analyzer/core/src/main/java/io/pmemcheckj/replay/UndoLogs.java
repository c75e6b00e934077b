package io.pmemcheckj.replay;

import io.pmemcheckj.memory.ByteMap;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Transaction.Ending;
import io.pmemcheckj.replay.Transaction.LoggedRange;
import io.pmemcheckj.replay.UndoLog.Range;
import java.util.HashSet;
import java.util.Set;

/**
 * Transactions of libraries with an undo log, with the semantics of libpmemobj: one a thread, nested levels count as one;
 * at commit the library makes persistent what was added and allocated, on abort it puts back what was added. What a
 * thread allocates in its transaction needs no logging; what it frees there is free when it commits.
 */
public final class UndoLogs {
    private final Transactions transactions;
    private final PersistentMemory memory;
    private final Allocations allocations = new Allocations();
    private final ByteMap transactional = new ByteMap();

    private final Set<Segment> mapped = new HashSet<>();
    private boolean poolsKnown;

    UndoLogs(Transactions transactions, PersistentMemory memory) {
        this.transactions = transactions;
        this.memory = memory;
    }

    /**
     * Bytes that the program itself added to some transaction that was committed, each with the site that did so last.
     * Ranges that a library adds where it stores tell nothing about how the program treats them elsewhere.
     */
    public ByteMap transactional() {
        return transactional;
    }

    /**
     * Whether a transaction is about this segment: one on a pool says nothing about another pool or file that the thread
     * stores to meanwhile. A pool can have several files, of which the library names the first.
     */
    public boolean concern(Transaction transaction, Segment segment) {
        if (transaction instanceof UndoLog log) {
            boolean isOtherPool = log.pool != null && log.pool != segment && mapped.contains(segment);
            return !isOtherPool && (segment.isPool() || !poolsKnown);
        }
        return true;
    }

    /** A library that keeps logs mapped the segment. */
    void mapped(Segment segment) {
        mapped.add(segment);
        markPool(segment);
    }

    /** A library that keeps logs mapped the segment, or allocates in it, or logs it. */
    private void markPool(Segment segment) {
        segment.markPool();
        poolsKnown = true;
    }

    /** @param pool what the transaction is about, null if that is not known */
    void begin(ThreadState thread, int site, Segment pool) {
        if (thread.undoLog != null) {
            thread.undoLog.depth++;
            return;
        }
        thread.undoLog = new UndoLog(site, thread.id, pool);
        transactions.open(thread, thread.undoLog);
    }

    void add(ThreadState thread, int site, boolean automatic, Segment segment, long start, long end) {
        markPool(segment);
        UndoLog log = thread.undoLog;
        if (log == null || log.allocated.containsAll(segment.id(), start, end)) {
            return;
        }
        if (!automatic || !log.logged.containsAll(segment.id(), start, end)) {
            transactions.add(log, new LoggedRange(segment.id(), start, end, site, thread.id, automatic));
        }
    }

    void abort(ThreadState thread) {
        if (thread.undoLog != null) {
            thread.undoLog.aborted = true;
        }
    }

    /** @param persisted what to believe of the outermost level, if that commits */
    void end(ThreadState thread, int site, boolean persisted) {
        UndoLog log = thread.undoLog;
        if (log == null || --log.depth > 0) {
            return;
        }
        thread.undoLog = null;
        log.ending = log.aborted ? Ending.ABORTED : persisted ? Ending.PERSISTED : Ending.BY_PROGRAM;
        if (log.ending != Ending.BY_PROGRAM) {
            settle(log);
        }
        if (log.aborted) {
            log.allocations.forEach(range -> allocations.remove(range.segment(), range.start()));
        } else {
            commit(log);
        }
        transactions.close(log, thread.id, site);
    }

    private void commit(UndoLog log) {
        for (LoggedRange range : log.additions) {
            if (!range.automatic()) {
                transactional.put(range.segment(), range.start(), range.end(), range.site());
            }
        }
        log.frees.forEach(this::free);
    }

    /** What the library made persistent or put back is of no concern any more. */
    private void settle(UndoLog log) {
        for (LoggedRange range : log.additions) {
            memory.setClean(memory.segment(range.segment()), range.start(), range.end());
        }
        for (Range range : log.allocations) {
            memory.setClean(range.segment(), range.start(), range.end());
        }
    }

    void allocated(ThreadState thread, Segment segment, long start, long end) {
        markPool(segment);
        forget(segment, start, end);
        allocations.add(segment, start, end);
        if (thread.undoLog != null) {
            thread.undoLog.allocated.add(segment.id(), start, end);
            thread.undoLog.allocations.add(new Range(segment, start, end));
        }
    }

    /** @param length in bytes; 0 for as much as was allocated there */
    void freed(ThreadState thread, Segment segment, long start, long length) {
        long end = start + (length > 0 ? length : allocations.length(segment, start));
        if (end == start) {
            return;
        }
        UndoLog log = thread.undoLog;
        if (log != null && !log.allocated.containsAll(segment.id(), start, end)) {
            log.frees.add(new Range(segment, start, end));
            return;
        }
        if (log != null) {
            log.allocated.remove(segment.id(), start, end); // never anybody else's, so not kept until the commit
        }
        free(new Range(segment, start, end));
    }

    private void free(Range range) {
        allocations.remove(range.segment(), range.start());
        forget(range.segment(), range.start(), range.end());
    }

    /** Whatever was stored there, or how, means nothing any more. */
    private void forget(Segment segment, long start, long end) {
        memory.setClean(segment, start, end);
        transactional.remove(segment.id(), start, end);
        transactions.forget(segment, start, end);
    }

    /** A mapping of the segment is gone; with the last, what a pool handed out is forgotten. */
    void unmapped(Segment segment, Mappings mappings) {
        if ((allocations.know(segment) || !transactional.isEmpty()) && !mappings.show(segment)) {
            allocations.removeAll(segment);
            transactional.removeAll(segment.id());
        }
    }

    /** Recovery will put back what is in a log that nobody ended. */
    void finish() {
        for (Transaction open : transactions.live()) {
            if (open instanceof UndoLog log) {
                settle(log);
            }
        }
    }
}
