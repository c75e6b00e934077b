package io.pmemcheckj.replay;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.List;

/** A transaction of a library with an undo log, such as libpmemobj. */
final class UndoLog extends Transaction {
    /** What it is about, null if that is not known. */
    final Segment pool;

    boolean aborted;
    /** Bytes allocated in it and not freed since; they need no logging. */
    final ByteSet allocated = new ByteSet();

    final List<Range> allocations = new ArrayList<>();
    /** What it frees if it commits. */
    final List<Range> frees = new ArrayList<>();

    /** Positions [start, end) of a segment. */
    record Range(Segment segment, long start, long end) {}

    UndoLog(int beginSite, int beginThread, Segment pool) {
        super(TraceVisitor.OWN_TRANSACTION, beginSite, beginThread);
        this.pool = pool;
    }

    @Override
    public boolean isUndoLog() {
        return true;
    }

    @Override
    public long undoable(int segment, long line) {
        return super.undoable(segment, line) | allocated.mask(segment, line);
    }
}
