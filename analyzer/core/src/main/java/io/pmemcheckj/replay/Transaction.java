package io.pmemcheckj.replay;

import io.pmemcheckj.memory.ByteSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A transaction, from its outermost begin to its outermost end. */
public final class Transaction {
    private final long id;
    private final int beginSite;
    private final int beginThread;
    int depth = 1;
    final Set<Integer> members = new HashSet<>();
    final Set<Integer> everMembers = new HashSet<>();
    final ByteSet logged = new ByteSet();
    final ByteSet stored = new ByteSet();
    final List<LoggedRange> additions = new ArrayList<>();

    /** A range that was added, in one segment; positions in bytes. */
    public record LoggedRange(int segment, long start, long end, int site, int thread) {}

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

    /** Whether the thread takes part now. */
    public boolean includes(int thread) {
        return members.contains(thread);
    }

    /** Whether the thread takes part or did. */
    public boolean everIncluded(int thread) {
        return everMembers.contains(thread);
    }

    /** Bytes added and not removed since. */
    public ByteSet logged() {
        return logged;
    }

    /** Bytes stored by threads while they took part. */
    public ByteSet stored() {
        return stored;
    }

    /** What was added, in order. */
    public List<LoggedRange> additions() {
        return additions;
    }
}
