package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Transaction;
import io.pmemcheckj.replay.Transaction.LoggedRange;
import io.pmemcheckj.rules.FindingGroup.Related;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** A range added to a transaction that held it already, or added and not stored to before the transaction ended. */
final class RedundantLogging extends Rule {
    private static final String FIRST = "first added here";
    /** Ranges reported as added twice; that nothing was stored to them is then no second mistake. */
    private final Map<Transaction, Set<LoggedRange>> addedTwice = new IdentityHashMap<>();

    RedundantLogging(FindingBook book) {
        super("redundant-logging", book);
    }

    @Override
    public void adding(Transaction transaction, LoggedRange range) {
        if (!range.automatic() && transaction.logged().containsAll(range.segment(), range.start(), range.end())) {
            report(range, related(FIRST, transaction.addedAt(range.segment(), range.start(), range.end())));
            addedTwice.computeIfAbsent(transaction, key -> new HashSet<>()).add(range);
        }
    }

    @Override
    public void transactionEnded(Transaction transaction, int thread, int site) {
        Set<LoggedRange> reported = addedTwice.remove(transaction);
        if (transaction.ending() == Transaction.Ending.ABORTED) {
            return; // what it was going to store is not known
        }
        for (LoggedRange range : transaction.additions()) {
            boolean known = range.automatic() || reported != null && reported.contains(range);
            // A range taken out again, even in part, was meant to be given up.
            boolean kept = transaction.logged().containsAll(range.segment(), range.start(), range.end());
            if (!known && kept && !transaction.stored().intersects(range.segment(), range.start(), range.end())) {
                report(range);
            }
        }
    }

    private void report(LoggedRange range, Related... related) {
        Segment segment = book.replayer().memory().segment(range.segment());
        FindingGroup group = book.group(this, range.thread(), place(range.site()), related);
        group.count(1);
        group.addBytes(segment, range.start(), range.end());
    }

    @Override
    String message(FindingGroup group) {
        return group.hasRole(FIRST)
                ? group.bytesOfFile() + " were added to a transaction here that held them already."
                : group.bytesOfFile()
                        + " were added to a transaction here, and nothing was stored to them before it ended.";
    }

    @Override
    String fix(FindingGroup group) {
        return group.hasRole(FIRST)
                ? "Add the range once per transaction."
                : "Add a range only when it is about to be changed.";
    }
}
