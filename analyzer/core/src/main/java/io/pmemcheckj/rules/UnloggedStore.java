package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.replay.Transaction;
import io.pmemcheckj.replay.Transactions;
import java.util.List;

/** A store inside a transaction to bytes that none of the thread's transactions logged. */
final class UnloggedStore extends Rule {
    private final Transactions transactions;

    UnloggedStore(FindingBook book) {
        super("unlogged-store", book);
        transactions = book.replayer().transactions();
    }

    @Override
    public void transactionBegan(Transaction transaction) {
        book.replayer().watchStores(this);
    }

    @Override
    public void storing(StoreEvent store) {
        book.causes().unlogged.remove(store.segment().id(), store.start(), store.end());
        List<Transaction> open = transactions.of(store.thread());
        if (open.stream().noneMatch(each -> transactions.undoLogs().concern(each, store.segment()))) {
            return;
        }
        for (long line = store.start() >> 6; line << 6 < store.end(); line++) {
            if (unlogged(store, line, open) != 0) {
                report(store, open);
                return;
            }
        }
    }

    private long unlogged(StoreEvent store, long line, List<Transaction> open) {
        int segment = store.segment().id();
        long missing = ByteSet.maskOf(line, store.start(), store.end());
        for (int i = 0; i < open.size() && missing != 0; i++) {
            missing &= ~open.get(i).undoable(segment, line);
        }
        return missing == 0 ? 0 : missing & ~transactions.ignored().mask(segment, line);
    }

    private void report(StoreEvent store, List<Transaction> open) {
        Transaction innermost = open.get(open.size() - 1);
        FindingGroup group = book.group(
                this,
                store.thread(),
                book.stored(store.owner()),
                related("transaction began here", innermost.beginSite()));
        boolean isCause = open.stream().anyMatch(Transaction::isUndoLog);
        long bytes = 0;
        for (long line = store.start() >> 6; line << 6 < store.end(); line++) {
            long missing = unlogged(store, line, open);
            bytes += Long.bitCount(missing);
            if (isCause) {
                book.causes().unlogged.addMask(store.segment().id(), line, missing);
            }
            Masks.forEachRun(line, missing, (from, to) -> group.addBytes(store.segment(), from, to));
        }
        group.count(store.storesIn(bytes));
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return historyThenStore(group);
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile()
                + " stored here, inside a transaction, had not been added to it; a rollback after a crash"
                + " leaves them changed.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Add the range to the transaction before this store, or declare it with ignoreInTransactions if it needs no"
                + " rollback.";
    }
}
