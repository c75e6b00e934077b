package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Transaction;
import io.pmemcheckj.replay.Transaction.LoggedRange;
import io.pmemcheckj.replay.Transactions;
import java.util.List;

/** A range added to a transaction while it is in a live transaction that the adding thread takes no part in. */
final class OverlappingTransactions extends Rule {
    OverlappingTransactions(FindingBook book) {
        super("overlapping-transactions", book);
    }

    @Override
    public void adding(Transaction transaction, LoggedRange range) {
        Transactions transactions = book.replayer().transactions();
        if (transactions.liveCount() == 1) {
            return;
        }
        for (Transaction other : transactions.live()) {
            if (other != transaction
                    && !other.includes(range.thread())
                    && other.logged().intersects(range.segment(), range.start(), range.end())) {
                report(other, range);
            }
        }
    }

    private void report(Transaction other, LoggedRange range) {
        Segment segment = book.replayer().memory().segment(range.segment());
        FindingGroup group = book.group(
                this,
                range.thread(),
                place(range.site()),
                related("first added here", other.addedAt(range.segment(), range.start(), range.end())));
        group.count(1);
        Masks.forEachLine(
                range.start(),
                range.end(),
                (line, mask) -> Masks.forEachRun(
                        line,
                        mask & other.logged().mask(range.segment(), line),
                        (from, to) -> group.addBytes(segment, from, to)));
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return historyThen(group, happened("added to a transaction", group));
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile()
                + " were added to a transaction here while a live transaction of another thread held them;"
                + " rolling one back can undo the other.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Hold one lock on this data from before it is added to the end of the transaction, in every thread that changes"
                + " it.";
    }
}
