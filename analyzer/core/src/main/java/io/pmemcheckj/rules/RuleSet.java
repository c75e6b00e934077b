package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.PreviousRun;
import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.replay.Replayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The rules of one check, listening to its replay. */
public final class RuleSet {
    private static final Map<String, Function<FindingBook, Rule>> RULES = Map.ofEntries(
            Map.entry("unflushed-store", UnflushedStore::new),
            Map.entry("unfenced-flush", UnfencedFlush::new),
            Map.entry("failed-flush", FailedFlush::new),
            Map.entry("redundant-flush", RedundantFlush::new),
            Map.entry("oversized-flush", OversizedFlush::new),
            Map.entry("redundant-fence", RedundantFence::new),
            Map.entry("overwritten-store", OverwrittenStore::new),
            Map.entry("store-outside-transaction", StoreOutsideTransaction::new),
            Map.entry("unlogged-store", UnloggedStore::new),
            Map.entry("unpersisted-at-commit", UnpersistedAtCommit::new),
            Map.entry("unfinished-transaction", UnfinishedTransaction::new),
            Map.entry("overlapping-transactions", OverlappingTransactions::new),
            Map.entry("torn-store", TornStore::new),
            Map.entry("unpersisted-read", UnpersistedRead::new),
            Map.entry("volatile-pointer", VolatilePointer::new),
            Map.entry("unsynced-metadata", UnsyncedMetadata::new),
            Map.entry("untraced-write", UntracedWrite::new),
            Map.entry("redundant-logging", RedundantLogging::new));

    private RuleSet() {}

    /**
     * Makes the enabled rules listen.
     *
     * @param previous the run that left the files, or null
     * @return what they report to
     * @throws UsageException for an unknown rule id or a bad order file
     */
    public static FindingBook attach(AnalysisOptions options, PreviousRun previous, Replayer replayer) {
        Set<String> enabled = options.enabledRules();
        FindingBook book = new FindingBook(replayer);
        Set<String> known = RuleCatalogue.load().ids();
        for (String id : enabled) {
            if (!known.contains(id)) {
                throw new UsageException("no rule '" + id + "'; 'pmemcheck-j explain' lists the rules");
            }
        }
        List<Orders> orders = new ArrayList<>();
        for (Path file : options.orderFiles()) {
            orders.addAll(OrderFile.read(file, replayer));
        }
        for (String id : known) {
            if (enabled.contains(id) && RULES.containsKey(id)) {
                replayer.addListener(RULES.get(id).apply(book));
            }
        }
        if (enabled.contains("unordered-store")) {
            replayer.addListener(new UnorderedStore(book, orders));
        }
        if (previous != null && enabled.contains("unpersisted-read")) {
            replayer.addListener(new RecoveryReads(book, previous));
        }
        if (enabled.contains("suspicious-order")) {
            replayer.addListener(new SuspiciousOrder(book, options.orderHabits()));
            replayer.addListener(new GuardedOrder(book));
        }
        replayer.addListener(book.expectations());
        return book;
    }
}
