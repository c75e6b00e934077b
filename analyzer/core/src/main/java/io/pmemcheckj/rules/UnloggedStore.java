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
        List<Transaction> open = transactions.of(store.thread());
        if (open.isEmpty()) {
            return;
        }
        int segment = store.segment().id();
        ByteSet unlogged = new ByteSet();
        Masks.forEachLine(store.start(), store.end(), (line, mask) -> {
            long missing = mask & ~transactions.ignored().mask(segment, line);
            for (Transaction transaction : open) {
                missing &= ~transaction.logged().mask(segment, line);
            }
            if (missing != 0) {
                unlogged.addMask(segment, line, missing);
            }
        });
        if (!unlogged.isEmpty()) {
            report(store, unlogged, open.get(open.size() - 1));
        }
    }

    private void report(StoreEvent store, ByteSet unlogged, Transaction innermost) {
        FindingGroup group = book.group(
                this,
                store.thread(),
                book.stored(store.owner()),
                related("transaction began here", innermost.beginSite()));
        group.count(store.storesIn(unlogged.size()));
        unlogged.forEach((segment, line, mask) ->
                Masks.forEachRun(line, mask, (from, to) -> group.addBytes(store.segment(), from, to)));
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile() + " stored here, inside a transaction, had not been added to it; a rollback after a crash"
                + " leaves them changed.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Add the range to the transaction before this store, or declare it with ignoreInTransactions if it needs no"
                + " rollback.";
    }
}
