package io.pmemcheckj.replay;

import io.pmemcheckj.memory.ByteMap;
import io.pmemcheckj.memory.ByteSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A transaction, from its outermost begin to its outermost end. */
public class Transaction {
    /** How a transaction ended. */
    public enum Ending {
        /** The program was to make persistent what it stored. */
        BY_PROGRAM,
        /** A library made persistent what was added to it and allocated in it. */
        PERSISTED,
        /** A library put back what was added to it. */
        ABORTED
    }

    private final long id;
    private final int beginSite;
    private final int beginThread;
    int depth = 1;
    Ending ending = Ending.BY_PROGRAM;
    final Set<Integer> members = new HashSet<>();
    final Set<Integer> everMembers = new HashSet<>();
    final ByteMap logged = new ByteMap();
    final ByteSet stored = new ByteSet();
    final List<LoggedRange> additions = new ArrayList<>();

    /**
     * A range that was added, in one segment; positions in bytes.
     *
     * @param automatic whether a library added it by itself
     */
    public record LoggedRange(int segment, long start, long end, int site, int thread, boolean automatic) {}

    Transaction(long id, int beginSite, int beginThread) {
        this.id = id;
        this.beginSite = beginSite;
        this.beginThread = beginThread;
    }

    /** The program's id, or {@link io.pmemcheckj.trace.TraceVisitor#OWN_TRANSACTION}. */
    public long id() {
        return id;
    }

    public int beginSite() {
        return beginSite;
    }

    public int beginThread() {
        return beginThread;
    }

    /** Whether a library keeps the log, and with it commits, aborts and allocates. */
    public boolean isUndoLog() {
        return false;
    }

    /** How it ended; anything before that. */
    public Ending ending() {
        return ending;
    }

    /** Whether the thread takes part now. */
    public boolean includes(int thread) {
        return members.contains(thread);
    }

    /** Whether the thread takes part or did. */
    public boolean everIncluded(int thread) {
        return everMembers.contains(thread);
    }

    /** Bytes added and not removed since, each with the site that added it first. */
    public ByteMap logged() {
        return logged;
    }

    /** The bytes of a line that may be stored to, as the transaction can undo that. */
    public long undoable(int segment, long line) {
        return logged.mask(segment, line);
    }

    /** Where a range, or a part of it, was added first; where the transaction began if it was not. */
    public int addedAt(int segment, long start, long end) {
        int site = logged.first(segment, start, end);
        return site < 0 ? beginSite : site;
    }

    /** Bytes stored by threads while they took part. */
    public ByteSet stored() {
        return stored;
    }

    /** What was added, in order. */
    public List<LoggedRange> additions() {
        return additions;
    }

    void add(LoggedRange range) {
        additions.add(range);
        logged.putAbsent(range.segment(), range.start(), range.end(), range.site());
    }
}
