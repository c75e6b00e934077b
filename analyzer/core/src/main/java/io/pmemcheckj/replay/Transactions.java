package io.pmemcheckj.replay;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Transaction.LoggedRange;
import io.pmemcheckj.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Live transactions and what they cover. Those that the program declares have the semantics of pmemcheck's client requests:
 * nested begins of one transaction count as one, and a range stays transactional after the transaction until it is removed
 * or ignored. For those of libraries see {@link UndoLogs}.
 */
public final class Transactions {
    private final Replayer replayer;
    private final Map<Long, Transaction> named = new HashMap<>();
    private final Map<Integer, Transaction> own = new HashMap<>();
    private final Set<Transaction> live = new LinkedHashSet<>();
    private final ByteSet logged = new ByteSet();
    private final ByteSet ignored = new ByteSet();
    private final UndoLogs undoLogs;
    private long begun;

    Transactions(Replayer replayer) {
        this.replayer = replayer;
        undoLogs = new UndoLogs(this, replayer.memory());
    }

    /** Those of libraries. */
    public UndoLogs undoLogs() {
        return undoLogs;
    }

    /** Bytes that some declared transaction logged and that were not removed or ignored since. */
    public ByteSet logged() {
        return logged;
    }

    /** Bytes that need no transaction. */
    public ByteSet ignored() {
        return ignored;
    }

    /** Number of transactions begun, nested begins not counted. */
    public long begun() {
        return begun;
    }

    /** Transactions the thread takes part in, innermost last. */
    public List<Transaction> of(int thread) {
        return replayer.thread(thread).transactions;
    }

    /** Whether the store is made in a transaction that is about its segment. */
    public boolean include(StoreEvent store) {
        for (Transaction transaction : of(store.thread)) {
            if (undoLogs.concern(transaction, store.segment)) {
                return true;
            }
        }
        return false;
    }

    /** Number of live transactions. */
    public int liveCount() {
        return live.size();
    }

    /** All live transactions. */
    public List<Transaction> live() {
        List<Transaction> result = new ArrayList<>(live);
        result.sort((a, b) -> a.beginThread() != b.beginThread()
                ? Integer.compare(a.beginThread(), b.beginThread())
                : Long.compare(a.id(), b.id()));
        return result;
    }

    void begin(ThreadState thread, int site, long id) {
        Transaction open = find(thread, id);
        if (open != null) {
            open.depth++;
            enter(thread, open);
            return;
        }
        Transaction transaction = new Transaction(id, site, thread.id);
        if (id == TraceVisitor.OWN_TRANSACTION) {
            own.put(thread.id, transaction);
        } else {
            named.put(id, transaction);
        }
        open(thread, transaction);
    }

    void open(ThreadState thread, Transaction transaction) {
        begun++;
        live.add(transaction);
        enter(thread, transaction);
        replayer.watchTransactionalStores();
        replayer.listeners().forEach(listener -> listener.transactionBegan(transaction));
    }

    private static void enter(ThreadState thread, Transaction transaction) {
        if (transaction.members.add(thread.id)) {
            thread.transactions.add(transaction);
            transaction.everMembers.add(thread.id);
        }
    }

    private Transaction find(ThreadState thread, long id) {
        return id == TraceVisitor.OWN_TRANSACTION ? own.get(thread.id) : named.get(id);
    }

    /** For requests about ranges: a thread without a transaction of its own means the one it joined. */
    private Transaction meant(ThreadState thread, long id) {
        Transaction transaction = find(thread, id);
        for (int i = thread.transactions.size();
                transaction == null && id == TraceVisitor.OWN_TRANSACTION && i-- > 0; ) {
            Transaction joined = thread.transactions.get(i);
            transaction = joined.isUndoLog() ? null : joined;
        }
        return transaction;
    }

    void end(ThreadState thread, int site, long id) {
        Transaction transaction = find(thread, id);
        if (transaction == null || --transaction.depth > 0) {
            return;
        }
        if (id == TraceVisitor.OWN_TRANSACTION) {
            own.remove(thread.id);
        } else {
            named.remove(id);
        }
        close(transaction, thread.id, site);
    }

    void close(Transaction transaction, int thread, int site) {
        live.remove(transaction);
        replayer.thread(thread).recent.endEpoch(); // what a transaction stored is durable with it
        for (int member : transaction.members) {
            replayer.thread(member).transactions.remove(transaction);
        }
        replayer.listeners().forEach(listener -> listener.transactionEnded(transaction, thread, site));
    }

    void add(ThreadState thread, int site, long id, Segment segment, long start, long end) {
        Transaction transaction = meant(thread, id);
        if (transaction == null) {
            return;
        }
        add(transaction, new LoggedRange(segment.id(), start, end, site, thread.id, false));
        logged.add(segment.id(), start, end);
        ignored.remove(segment.id(), start, end);
    }

    void add(Transaction transaction, LoggedRange range) {
        replayer.listeners().forEach(listener -> listener.adding(transaction, range));
        transaction.add(range);
    }

    void remove(ThreadState thread, long id, Segment segment, long start, long end) {
        Transaction transaction = meant(thread, id);
        if (transaction != null) {
            transaction.logged.remove(segment.id(), start, end);
        }
        logged.remove(segment.id(), start, end);
    }

    void join(ThreadState thread, long id) {
        Transaction transaction = find(thread, id);
        if (transaction != null) {
            enter(thread, transaction);
        }
    }

    void leave(ThreadState thread, long id) {
        Transaction transaction = find(thread, id);
        if (transaction != null && transaction.members.remove(thread.id)) {
            thread.transactions.remove(transaction);
        }
    }

    void ignore(Segment segment, long start, long end) {
        ignored.add(segment.id(), start, end);
        logged.remove(segment.id(), start, end);
    }

    /** A range is no longer what it was: nothing of it is transactional. */
    void forget(Segment segment, long start, long end) {
        logged.remove(segment.id(), start, end);
    }

    /** Remembers what the transactions of the thread stored. */
    void stored(StoreEvent store) {
        for (Transaction transaction : of(store.thread)) {
            transaction.stored.add(store.segment.id(), store.start, store.end);
        }
    }

    void finish() {
        for (Transaction transaction : live()) {
            replayer.listeners().forEach(listener -> listener.transactionUnfinished(transaction));
        }
        undoLogs.finish();
    }
}
