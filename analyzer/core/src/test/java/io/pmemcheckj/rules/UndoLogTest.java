package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions of libraries: what their undo log commits, puts back, allocates and frees. */
class UndoLogTest {
    private static final String BEGIN = "begin-undo-log 1 @4\n";
    private static final String END = "end-undo-log 1 @9\n";
    private static final String ABORT = "abort-undo-log 1 @8\n";
    private static final String PERSIST = "force-begin 1 @90 0x10000 128\nforce-end 1\n";
    private static final String COMMITTED = BEGIN + add(5, 8) + store(6) + END;

    private static String add(int line, int length) {
        return "add-to-undo-log 1 @" + line + " 0x10000 " + length + "\n";
    }

    private static String automatic(int line, int length) {
        return "add-to-undo-log 1 @" + line + " 0x10000 " + length + " automatic\n";
    }

    private static String store(int line) {
        return "store 1 @" + line + " 0x10000 8\n";
    }

    private static void expect(String events, String... findings) {
        assertEquals(List.of(findings), Check.findings(MAPPED + events));
    }

    @Test
    void commitPersistsWhatWasAddedHoweverItWasStored() {
        expect(COMMITTED);
        expect("store 1 @3 0x10004 4\n" + BEGIN + add(5, 8) + "store 1 @6 0x10000 4\nflush 1 @7 0x10000 4\n" + END);
        expect(BEGIN + add(5, 16) + store(6) + "store 2 @7 0x10008 8\n" + END);
    }

    @Test
    void commitPersistsOnlyThat() {
        expect("store 1 @3 0x10008 8\n" + COMMITTED, "unflushed-store:3 x1 8B");
    }

    @Test
    void commitThatPersistsNothingIsTheProgramsBusiness() {
        String stored = BEGIN + add(5, 8) + store(6);
        expect(stored + "end-undo-log 1 @9 unpersisted\n", "unflushed-store:6 x1 8B", "unpersisted-at-commit:6 x1 8B");
        expect(stored + PERSIST + "end-undo-log 1 @9 unpersisted\n");
    }

    @Test
    void onlyTheOutermostEndCommits() {
        String inner = BEGIN + BEGIN + add(5, 8) + store(6) + END;
        expect(inner + "expect-persisted 1 @10 0x10000 8\n" + END, "unflushed-store:6 x1 8B");
        expect(inner + END + "expect-persisted 1 @10 0x10000 8\n");
    }

    @Test
    void innerLevelUsesTheOuterOnesLog() {
        expect(BEGIN + add(5, 8) + BEGIN + store(6) + END + END);
    }

    @Test
    void eachThreadHasItsOwnLog() {
        Report report = Check.report(MAPPED + BEGIN + add(5, 8) + store(6) + "begin-undo-log 2 @14\n"
                + "store 2 @16 0x10000 8\nend-undo-log 2 @19\n" + END);
        assertEquals(List.of("unlogged-store:16 x1 8B", "overwritten-store:6 x1 8B"), Check.summarize(report));
        assertEquals(2, report.summary().transactions());
    }

    @Test
    void levelsCountAsOneTransaction() {
        assertEquals(
                1, Check.report(MAPPED + BEGIN + BEGIN + END + END).summary().transactions());
    }

    @Test
    void abortTakesBackWhatWasAdded() {
        expect(BEGIN + add(5, 8) + store(6) + ABORT + END);
        expect(BEGIN + BEGIN + add(5, 8) + store(6) + ABORT + END + END);
        expect(BEGIN + add(5, 8) + ABORT + END);
    }

    @Test
    void abortDoesNotTakeBackWhatWasNotAdded() {
        expect(BEGIN + store(6) + ABORT + END, "unlogged-store:6 x1 8B");
        expect("store 1 @3 0x10008 8\n" + BEGIN + add(5, 8) + ABORT + END, "unflushed-store:3 x1 8B");
    }

    @Test
    void whatIsNotAddedIsUnloggedAndNothingElse() {
        expect(BEGIN + store(6) + END, "unlogged-store:6 x1 8B");
        expect(BEGIN + add(5, 4) + store(6) + END, "unlogged-store:6 x1 4B");
        expect(BEGIN + store(6) + "flush 1 @7 0x10000 8\n" + END, "unlogged-store:6 x1 8B");
        expect(BEGIN + store(6) + "end-undo-log 1 @9 unpersisted\n", "unlogged-store:6 x1 8B");
    }

    @Test
    void transactionOnAPoolSaysNothingAboutOtherFiles() {
        String other = "store 1 @6 0x100000 8\nforce-begin 1 @7 0x100000 8\nforce-end 1\n";
        expect(BEGIN + add(5, 8) + store(6) + other + END);
        expect(BEGIN + other + END, "unlogged-store:6 x1 8B");
        String pool = "map 1 @1 0x200000 4096 device=1 inode=3 offset=0 flags=native,library path=\"/data/pool\"\n";
        expect(pool + BEGIN + other + END);
        expect(pool + BEGIN + "store 1 @6 0x200000 8\n" + END, "unlogged-store:6 x1 8B");
        expect(
                pool + "begin-transaction 1 @3 own\n" + BEGIN + other + END + "end-transaction 1 @9 own\n",
                "unlogged-store:6 x1 8B");
    }

    @Test
    void storingUnloggedBytesAgainIsJudgedAnew() {
        expect(
                BEGIN + store(6) + END + store(10),
                "unflushed-store:10 x1 8B",
                "unlogged-store:6 x1 8B",
                "overwritten-store:6 x1 8B");
    }

    @Test
    void unloggedBytesOfADeclaredTransactionAreStillReportedAsUnflushed() {
        expect(
                "begin-transaction 1 @4 own\n" + store(6) + "end-transaction 1 @9 own\n",
                "unflushed-store:6 x1 8B",
                "unlogged-store:6 x1 8B",
                "unpersisted-at-commit:6 x1 8B");
    }

    @Test
    void eitherLogWillDo() {
        String declared = "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\n";
        expect(declared + BEGIN + store(6) + PERSIST + END + "end-transaction 1 @9 own\n");
        expect("begin-transaction 1 @4 own\n" + BEGIN + add(5, 8) + store(6) + END + "end-transaction 1 @9 own\n");
        expect(
                "begin-transaction 1 @4 own\n" + BEGIN + store(6) + PERSIST + END + "end-transaction 1 @9 own\n",
                "unlogged-store:6 x1 8B");
    }

    @Test
    void requestsOfTheProgramDoNotReachALibrarysLog() {
        expect(BEGIN + "add-to-transaction 1 @5 own 0x10000 8\n" + store(6) + PERSIST + END, "unlogged-store:6 x1 8B");
    }

    @Test
    void endWithoutBeginIsIgnored() {
        expect(END + ABORT + add(5, 8) + store(6) + PERSIST);
    }

    @Test
    void beginWithoutEndIsUnfinishedAndRecoveryPutsBackTheRest() {
        expect(
                BEGIN + "allocated 1 @5 0x10040 64\n" + add(5, 8) + store(6) + "store 1 @7 0x10040 8\n",
                "unfinished-transaction:4 x1 0B");
        expect(BEGIN + BEGIN + END, "unfinished-transaction:4 x1 0B");
        expect("store 1 @3 0x10008 8\n" + BEGIN, "unflushed-store:3 x1 8B", "unfinished-transaction:4 x1 0B");
    }

    @Test
    void allocatedBytesNeedNoLogAndArePersistedByTheCommit() {
        String allocated = BEGIN + "allocated 1 @5 0x10000 64\n" + store(6);
        expect(allocated + END);
        expect(allocated + ABORT + END);
        expect(allocated + "store 1 @7 0x10040 8\n" + END, "unlogged-store:7 x1 8B");
        expect(allocated + add(7, 8) + add(7, 8) + END);
        expect(allocated + add(7, 128) + "store 1 @7 0x10040 8\n" + END);
    }

    @Test
    void bytesAllocatedInAnEarlierTransactionNeedALog() {
        expect(BEGIN + "allocated 1 @5 0x10000 64\n" + END + BEGIN + store(6) + END, "unlogged-store:6 x1 8B");
    }

    @Test
    void allocatorLeavesItsRangePersistent() {
        expect(store(3) + "allocated 1 @5 0x10000 64\n");
        expect(store(3) + "allocated 1 @5 0x10008 64\n", "unflushed-store:3 x1 8B");
        expect("allocated 1 @5 0x10000 64\n" + store(6), "unflushed-store:6 x1 8B");
    }

    @Test
    void whatIsFreedIsOfNoInterest() {
        expect(store(3) + "freed 1 @5 0x10000 8\n");
        expect("allocated 1 @2 0x10000 8\n" + store(3) + "freed 1 @5 0x10000 0\n");
        expect("allocated 1 @2 0x10000 4\n" + store(3) + "freed 1 @5 0x10000 0\n", "unflushed-store:3 x1 4B");
        expect(store(3) + "freed 1 @5 0x10000 0\n", "unflushed-store:3 x1 8B");
        expect(
                "allocated 1 @2 0x10000 8\nfreed 1 @5 0x10000 0\n" + store(6) + "freed 1 @5 0x10000 0\n",
                "unflushed-store:6 x1 8B");
    }

    @Test
    void freeingInATransactionTakesEffectWhenItCommits() {
        String freed = "allocated 1 @2 0x10000 8\n" + store(3) + BEGIN + "freed 1 @5 0x10000 0\n";
        expect(freed + END);
        expect(freed + ABORT + END, "unflushed-store:3 x1 8B");
        expect(freed + "expect-persisted 1 @6 0x10000 8\n" + END, "unflushed-store:3 x1 8B");
    }

    @Test
    void whatAnAbortedTransactionAllocatedCannotBeFreed() {
        expect(
                BEGIN + "allocated 1 @5 0x10000 8\n" + ABORT + END + store(10) + "freed 1 @11 0x10000 0\n",
                "unflushed-store:10 x1 8B");
    }

    @Test
    void whatATransactionAllocatesItCanFreeAtOnce() {
        expect(BEGIN + "allocated 1 @5 0x10000 64\nfreed 1 @6 0x10000 0\nallocated 1 @7 0x10000 64\n" + store(7) + END
                + "store 1 @10 0x10008 8\nfreed 1 @11 0x10000 0\n");
    }

    @Test
    void allocationsAreForgottenWithTheirPool() {
        String remap = "unmap 1 @3 0x10000 65536\n" + MAPPED.lines().findFirst().orElseThrow() + "\n";
        expect("allocated 1 @2 0x10000 8\n" + remap + store(4) + "freed 1 @5 0x10000 0\n", "unflushed-store:4 x1 8B");
        String first = "allocated 1 @2 0x10000 8\n" + store(4);
        expect(first + "unmap 1 @3 0x18000 4096\nfreed 1 @5 0x10000 0\n");
    }

    @Test
    void storeOutsideIsReportedOnlyIfNothingPersistsIt() {
        Report report = Check.report(MAPPED + COMMITTED + "store 1 @10 0x10004 8\n");
        assertEquals(
                List.of("unflushed-store:10 x1 4B", "store-outside-transaction:10 x1 4B"), Check.summarize(report));
        Finding finding = report.findings().get(1);
        assertEquals(5, finding.related().get(0).location().line());
        assertTrue(finding.message().contains("no commit made them persistent"), finding::message);
        expect(COMMITTED + store(10) + PERSIST);
        expect(COMMITTED + store(10) + "set-clean 1 @11 0x10000 8\n");
        expect(COMMITTED + store(10) + BEGIN + add(11, 8) + END, "redundant-logging:11 x1 8B");
        expect(COMMITTED + store(10) + "flush 1 @11 0x10000 8\n", "unfenced-flush:10 x1 8B");
        expect(COMMITTED + store(10) + "expect-persisted 1 @11 0x10000 8\n", "store-outside-transaction:10 x1 8B");
    }

    @Test
    void storeByAnotherThreadIsOutsideToo() {
        expect(COMMITTED + "store 2 @10 0x10000 8\n", "store-outside-transaction:10 x1 8B");
    }

    @Test
    void onlyRangesTheProgramAddedAndCommittedAreTransactional() {
        String explicitElsewhere =
                BEGIN + "add-to-undo-log 1 @5 0x10040 8\nstore 1 @6 0x10040 8\n" + automatic(5, 8) + store(6) + END;
        expect(explicitElsewhere + store(10), "unflushed-store:10 x1 8B");
        expect(explicitElsewhere + "store 1 @10 0x10040 8\n", "store-outside-transaction:10 x1 8B");
        expect(BEGIN + add(5, 8) + store(6) + ABORT + END + store(10), "unflushed-store:10 x1 8B");
    }

    @Test
    void freedAndReusedRangesAreNotTransactional() {
        expect(COMMITTED + "freed 1 @9 0x10000 8\n" + store(10), "unflushed-store:10 x1 8B");
        expect(COMMITTED + "allocated 1 @9 0x10000 8\n" + store(10), "unflushed-store:10 x1 8B");
        expect(COMMITTED + BEGIN + "freed 1 @9 0x10000 8\n" + END + store(10), "unflushed-store:10 x1 8B");
        expect(
                COMMITTED + BEGIN + "freed 1 @9 0x10000 8\n" + ABORT + END + store(10),
                "store-outside-transaction:10 x1 8B");
    }

    @Test
    void storingAgainIsJudgedAnew() {
        expect(COMMITTED + store(10) + "freed 1 @11 0x10000 8\n" + store(12), "unflushed-store:12 x1 8B");
        expect(
                COMMITTED + store(10) + BEGIN + add(11, 8) + store(12) + "end-undo-log 1 @13 unpersisted\n",
                "unflushed-store:12 x1 8B",
                "unpersisted-at-commit:12 x1 8B",
                "overwritten-store:10 x1 8B");
    }

    @Test
    void storeOutsideStaysReportedAfterTheUnmap() {
        expect(COMMITTED + store(10) + "unmap 1 @11 0x10000 65536\n", "store-outside-transaction:10 x1 8B");
    }

    @Test
    void explicitAdditionsAreRedundantWhenRepeatedOrUnused() {
        expect(BEGIN + add(5, 8) + END, "redundant-logging:5 x1 8B");
        expect(BEGIN + add(5, 8) + store(6) + add(7, 8) + END, "redundant-logging:7 x1 8B");
        expect(BEGIN + automatic(5, 8) + store(6) + add(7, 8) + END, "redundant-logging:7 x1 8B");
        expect(BEGIN + add(5, 8) + add(7, 16) + store(6) + END);
    }

    @Test
    void automaticAdditionsAreNeverRedundant() {
        expect(BEGIN + automatic(5, 8) + automatic(5, 8) + END);
        expect(BEGIN + add(5, 8) + automatic(6, 8) + store(6) + END);
        expect(BEGIN + add(5, 8) + automatic(6, 8) + END, "redundant-logging:5 x1 8B");
    }

    @Test
    void sameRangeInTheLogsOfTwoThreadsOverlaps() {
        String second =
                "begin-undo-log 2 @14\nadd-to-undo-log 2 @15 0x10000 8\nstore 2 @16 0x10000 8\nend-undo-log 2 @19\n";
        expect(
                BEGIN + add(5, 8) + store(6) + second + END,
                "overlapping-transactions:15 x1 8B",
                "overwritten-store:6 x1 8B");
        expect(COMMITTED + second);
    }

    @Test
    void internalStoresAreDurableAtOnce() {
        String internal = "internal 1\n" + store(6) + "internal 1 end\n";
        expect(internal);
        expect("internal 1\n" + internal + store(7) + "internal 1 end\n");
        expect(BEGIN + internal + END);
        expect(COMMITTED + internal);
        expect(internal + store(8), "unflushed-store:8 x1 8B");
        expect("internal 2\n" + store(6) + "internal 2 end\n", "unflushed-store:6 x1 8B");
        expect("internal 1 end\n" + store(6), "unflushed-store:6 x1 8B");
    }

    @Test
    void internalStoreUsesTheLog() {
        expect(BEGIN + add(5, 8) + "internal 1\n" + store(6) + "internal 1 end\n" + END);
    }

    @Test
    void internalFlushesActAndAreNotJudged() {
        Report report = Check.report(
                MAPPED + "store 1 @5 0x10000 8\ninternal 1\nflush 1 @6 0x10000 8192\n"
                        + "flush 1 @6 0x10000 8\nfence 1 @7\nfence 1 @7\nforce-begin 1 @7 0x10000 8\nforce-end 1\ninternal 1 end\n");
        assertEquals(List.of(), Check.summarize(report));
        assertEquals(3, report.summary().flushes());
        assertEquals(3, report.summary().fences());
        expect("internal 1\ninternal 1 end\nfence 1 @7\n", "redundant-fence:7 x1 0B");
    }

    @Test
    void rulesThatAreOffMaskNothing() {
        String trace = MAPPED + BEGIN + "store 1 @6 0x10040 8\n" + END + COMMITTED + store(10) + "end\n";
        assertEquals(
                List.of("unflushed-store:6 x1 8B", "unflushed-store:10 x1 8B"),
                Check.summarize(Check.report(List.of("unflushed-store"), trace)));
    }

    /** A transaction on one pool, and a store that the program persists itself to another. */
    @Test
    void aTransactionIsAboutItsPool() {
        String pools = "map 1 @1 0x200000 4096 device=1 inode=3 offset=0 flags=sync,native,library path=\"/data/a\"\n"
                + "map 1 @2 0x300000 4096 device=1 inode=4 offset=0 flags=sync,native,library path=\"/data/b\"\n";
        String part = "map 1 @3 0x400000 4096 device=1 inode=5 offset=0 flags=sync,native path=\"/data/a.1\"\n";
        String begin = "begin-undo-log 1 @4 0x200000\n";

        expect(pools + begin + "store 1 @5 0x300000 8\nflush 1 @6 0x300000 8\nfence 1 @6\n" + END);
        expect(pools + begin + "store 1 @5 0x200000 8\n" + END, "unlogged-store:5 x1 8B");
        expect(
                pools + part + "allocated 1 @3 0x400100 8\n" + begin + "store 1 @5 0x400000 8\n" + END,
                "unlogged-store:5 x1 8B");
    }
}
