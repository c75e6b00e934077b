package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteMap;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.replay.Transaction;
import io.pmemcheckj.replay.Transactions;
import java.util.List;

/**
 * A store to bytes that some transaction logged, by a thread that takes part in none. Where a library keeps the log this is
 * a mistake only if nothing flushes the bytes: programs legitimately store and flush at one time what they add to a
 * transaction at another.
 */
final class StoreOutsideTransaction extends Rule {
    private static final String ADDED = "added to a transaction here";
    private final Transactions transactions;
    /** Those of libraries that no transaction made persistent, see {@link Causes#outside}. */
    private final ByteMap suspects;

    StoreOutsideTransaction(FindingBook book) {
        super("store-outside-transaction", book);
        transactions = book.replayer().transactions();
        suspects = book.causes().outside;
    }

    @Override
    public void adding(Transaction transaction, Transaction.LoggedRange range) {
        if (!range.automatic()) {
            book.replayer().watchStores(this);
        }
    }

    @Override
    public void storing(StoreEvent store) {
        int segment = store.segment().id();
        suspects.remove(segment, store.start(), store.end());
        ByteSet logged = transactions.logged();
        ByteMap added = transactions.undoLogs().transactional();
        if (logged.isEmpty() && added.isEmpty()
                || !transactions.of(store.thread()).isEmpty()) {
            return;
        }
        if (logged.intersects(segment, store.start(), store.end())) {
            report(store, logged);
        } else if (added.intersects(segment, store.start(), store.end())) {
            Masks.forEachLine(
                    store.start(),
                    store.end(),
                    (line, mask) -> added.forEach(
                            segment, line, mask, (site, bytes) -> suspects.putMask(segment, line, bytes, site)));
        }
    }

    private void report(StoreEvent store, ByteSet logged) {
        int segment = store.segment().id();
        FindingGroup group = book.group(this, store.thread(), book.stored(store.owner()));
        group.count(store.storesIn(logged.count(segment, store.start(), store.end())));
        Masks.forEachLine(
                store.start(),
                store.end(),
                (line, mask) -> Masks.forEachRun(
                        line,
                        mask & logged.mask(segment, line),
                        (from, to) -> group.addBytes(store.segment(), from, to)));
    }

    @Override
    public void notPersistent(
            Segment segment, long line, long mask, int owner, PendingState state, int flushSite, int expectedSite) {
        if (state == PendingState.DIRTY) {
            suspects.forEach(
                    segment.id(),
                    line,
                    mask,
                    (site, bytes) -> book.group(
                                    this, book.owners().thread(owner), book.stored(owner), related(ADDED, site))
                            .addLeftover(segment, line, bytes, owner));
        }
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return group.hasRole(ADDED) ? historyThen(group, Moment.end()) : historyThenStore(group);
    }

    @Override
    String message(FindingGroup group) {
        return group.hasRole(ADDED)
                ? group.bytesOfFile() + " that the program adds to transactions were stored here outside of any, so no"
                        + " commit made them persistent, and nothing else did."
                : group.bytesOfFile() + " that transactions log were stored here by a thread with no transaction open;"
                        + " a crash cannot roll this store back.";
    }

    @Override
    String fix(FindingGroup group) {
        return group.hasRole(ADDED)
                ? "Move this store into the transaction, after the range was added to it, or flush the range after the"
                        + " store."
                : "Store inside a transaction that logs the range first, or declare the range with removeFromTransaction or"
                        + " ignoreInTransactions if it needs none.";
    }
}
