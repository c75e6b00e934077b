package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.replay.Transaction;
import io.pmemcheckj.replay.Transactions;

/** A store to bytes that some transaction logged, by a thread that takes part in none. */
final class StoreOutsideTransaction extends Rule {
    private final Transactions transactions;

    StoreOutsideTransaction(FindingBook book) {
        super("store-outside-transaction", book);
        transactions = book.replayer().transactions();
    }

    @Override
    public void adding(Transaction transaction, Transaction.LoggedRange range) {
        book.replayer().watchStores(this);
    }

    @Override
    public void storing(StoreEvent store) {
        ByteSet logged = transactions.logged();
        int segment = store.segment().id();
        if (logged.isEmpty()
                || !logged.intersects(segment, store.start(), store.end())
                || !transactions.of(store.thread()).isEmpty()) {
            return;
        }
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
    String message(FindingGroup group) {
        return group.bytesOfFile() + " that transactions log were stored here by a thread with no transaction open;"
                + " a crash cannot roll this store back.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Store inside a transaction that logs the range first, or declare the range with removeFromTransaction or"
                + " ignoreInTransactions if it needs none.";
    }
}
