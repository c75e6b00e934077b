package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionRulesTest {
    private static final String PERSIST = "force-begin 1 @90 0x10000 128\nforce-end 1\n";

    private static void expect(String events, String... findings) {
        assertEquals(List.of(findings), Check.findings(MAPPED + events));
    }

    @Test
    void loggedStoredAndPersistedIsFine() {
        expect("begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\nstore 1 @6 0x10000 8\n" + PERSIST
                + "end-transaction 1 @7 own\n");
    }

    @Test
    void storeToBytesNotAddedIsUnlogged() {
        Report report = Check.report(MAPPED
                + "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 4\nstore 1 @6 0x10000 8\n" + PERSIST
                + "end-transaction 1 @7 own\n");
        assertEquals(List.of("unlogged-store:6 x1 4B"), Check.summarize(report));
        Finding finding = report.findings().get(0);
        assertEquals("transaction began here", finding.related().get(0).role());
        assertEquals(4, finding.related().get(0).location().line());
        assertEquals(4, finding.segment().offset());
    }

    @Test
    void ignoredBytesNeedNoLog() {
        expect("ignore-in-transactions 1 @3 0x10000 8\nbegin-transaction 1 @4 own\nstore 1 @6 0x10000 8\n" + PERSIST
                + "end-transaction 1 @7 own\n");
    }

    @Test
    void removedBytesAreUnloggedAgain() {
        expect(
                "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\n"
                        + "remove-from-transaction 1 @5 own 0x10000 8\nstore 1 @6 0x10000 8\n" + PERSIST
                        + "end-transaction 1 @7 own\n",
                "unlogged-store:6 x1 8B");
    }

    @Test
    void joinedThreadMayStoreWhatAnotherLogged() {
        expect("begin-transaction 1 @4 7\nadd-to-transaction 1 @5 7 0x10000 8\njoin-transaction 2 @5 7\n"
                + "store 2 @6 0x10000 8\nleave-transaction 2 @6 7\n" + PERSIST + "end-transaction 1 @7 7\n");
    }

    @Test
    void storeAfterTheTransactionIsOutside() {
        String committed = "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\nstore 1 @6 0x10000 8\n"
                + PERSIST + "end-transaction 1 @7 own\n";
        expect(committed + "store 1 @8 0x10004 8\n" + PERSIST, "store-outside-transaction:8 x1 4B");
        expect(committed + "store 1 @8 0x10008 8\n" + PERSIST);
        expect(committed + "remove-from-transaction 1 @8 own 0x10000 8\nstore 1 @8 0x10000 8\n" + PERSIST);
        expect(committed + "ignore-in-transactions 1 @8 0x10000 8\nstore 1 @8 0x10000 8\n" + PERSIST);
    }

    @Test
    void storeByAThreadThatTakesNoPartIsOutside() {
        expect(
                "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\nstore 1 @6 0x10000 4\n"
                        + "store 2 @8 0x10004 4\n" + PERSIST + "end-transaction 1 @7 own\n",
                "store-outside-transaction:8 x1 4B");
    }

    @Test
    void commitBeforePersistingIsReportedEvenIfPersistedLater() {
        Report report = Check.report(MAPPED
                + "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\nstore 1 @6 0x10000 8\n"
                + "end-transaction 1 @7 own\n" + PERSIST);
        assertEquals(List.of("unpersisted-at-commit:6 x1 8B"), Check.summarize(report));
        assertEquals(7, report.findings().get(0).related().get(0).location().line());
    }

    @Test
    void storeNeverFlushedIsReportedAtCommitAndAtTheEnd() {
        expect(
                "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\nstore 1 @6 0x10000 8\n"
                        + "end-transaction 1 @7 own\n",
                "unflushed-store:6 x1 8B",
                "unpersisted-at-commit:6 x1 8B");
    }

    @Test
    void storeBeforeTheTransactionIsNotJudgedAtItsEnd() {
        expect(
                "store 1 @3 0x10040 8\nbegin-transaction 1 @4 own\nend-transaction 1 @7 own\n",
                "unflushed-store:3 x1 8B");
    }

    @Test
    void innerEndOfANestedTransactionIsNoCommit() {
        expect("begin-transaction 1 @4 own\nbegin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 8\n"
                + "store 1 @6 0x10000 8\nend-transaction 1 @7 own\n" + PERSIST + "end-transaction 1 @8 own\n");
    }

    @Test
    void openTransactionAtTheEndIsUnfinished() {
        expect("begin-transaction 1 @4 9\n", "unfinished-transaction:4 x1 0B");
        expect("end-transaction 1 @4 9\n");
    }

    @Test
    void sameRangeInLiveTransactionsOfTwoThreadsOverlaps() {
        String first =
                "begin-transaction 1 @4 1\nadd-to-transaction 1 @5 1 0x10000 8\nstore 1 @6 0x10000 8\n" + PERSIST;
        String second = "begin-transaction 2 @14 2\nadd-to-transaction 2 @15 2 0x10004 8\nstore 2 @16 0x10004 8\n"
                + PERSIST + "end-transaction 2 @17 2\n";
        Report report = Check.report(MAPPED + first + second + "end-transaction 1 @7 1\n");
        assertEquals(List.of("overlapping-transactions:15 x1 4B"), Check.summarize(report));
        assertEquals(5, report.findings().get(0).related().get(0).location().line());
        expect(first + "end-transaction 1 @7 1\n" + second);
    }

    @Test
    void rangeAddedTwiceOrForNothingIsRedundantLogging() {
        String used =
                "begin-transaction 1 @4 own\nadd-to-transaction 1 @5 own 0x10000 16\nstore 1 @6 0x10000 8\n" + PERSIST;
        String end = "end-transaction 1 @9 own\n";
        expect(used + end);
        expect(used + "add-to-transaction 1 @7 own 0x10008 8\n" + end, "redundant-logging:7 x1 8B");
        expect(used + "add-to-transaction 1 @7 own 0x10008 16\nstore 1 @8 0x10014 1\n" + PERSIST + end);
        expect(used + "add-to-transaction 1 @7 own 0x10040 16\n" + end, "redundant-logging:7 x1 16B");
    }
}
