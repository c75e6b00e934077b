package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TornStoreTest {
    private static final String PERSIST = "force-begin 1 @90 0x10000 4096\nforce-end 1\n";
    private static final String PERSIST_FILE = "force-begin 1 @91 0x100000 4096\nforce-end 1\n";
    /** A record of several fields in two lines, durable. */
    private static final String GROUP = "store 1 @3 0x10200 8\nstore 1 @4 0x10240 8\n" + PERSIST;

    private static final String VALUE = "store 1 @5 0x1003c 8\n" + PERSIST;
    private static final String ALIGNED = "store 1 @6 0x10100 8\n" + PERSIST;

    private static void expect(String events, String... findings) {
        expectIn("auto", events, findings);
    }

    private static void expectIn(String domain, String events, String... findings) {
        Report report = Check.report(domain, MAPPED + events + "end\n", List.of());
        assertEquals(
                List.of(findings),
                Check.summarize(report).stream()
                        .filter(finding -> finding.startsWith("torn-store"))
                        .toList());
    }

    private static Finding only(String events) {
        return Check.report(List.of("torn-store"), MAPPED + events + "end\n")
                .findings()
                .get(0);
    }

    @Test
    void valueAcrossUnitsReplacedInPlaceIsTorn() {
        expect(VALUE + VALUE + VALUE, "torn-store:5 x2 8B");
    }

    @Test
    void findingSaysWhatTears() {
        Finding line = only(VALUE + VALUE);
        assertEquals(Severity.WARNING, line.severity());
        assertTrue(line.message().contains("bytes 60 to 63 can be new without bytes 64 to 67"), line.message());
        assertTrue(line.message().contains("a cache line"), line.message());
        assertTrue(line.message().contains("another thread"), line.message());
        String atomic = "store 1 @5 0x10004 8 atomic\n" + PERSIST;
        Finding unit = only(atomic + atomic);
        assertTrue(unit.message().contains("8 aligned bytes"), unit.message());
        assertTrue(unit.message().contains("atomic for other threads"), unit.message());
    }

    @Test
    void alignedValueIsWhole() {
        expect(ALIGNED + ALIGNED + GROUP + ALIGNED);
        expect("store 1 @5 0x10004 4\n" + PERSIST + "store 1 @5 0x10004 4\n" + PERSIST);
        expect("store 1 @5 0x10005 2\n" + PERSIST + "store 1 @5 0x10005 2\n" + PERSIST);
    }

    @Test
    void valueMadeDurableByItselfAfterAGroupIsACommit() {
        expect(GROUP + VALUE, "torn-store:5 x1 8B");
    }

    @Test
    void valueNeverStoredBeforeIsNothingThatReadersRelyOn() {
        expect(VALUE);
        expect(ALIGNED + VALUE + ALIGNED);
    }

    @Test
    void laterCommitMakesItInvisible() {
        String both = "store 1 @5 0x1003c 8\nstore 1 @7 0x10300 8\n" + PERSIST;
        expect(both + both + both, "torn-store:5 x2 8B");
        expect(both + ALIGNED + both + ALIGNED + both + ALIGNED);
        expect(GROUP + VALUE + ALIGNED);
    }

    @Test
    void whatIsAppendedAfterACommitIsTheNextGroup() {
        String next = "store 1 @7 0x10300 8\n" + PERSIST;
        expect(VALUE + "store 1 @7 0x10308 8\n" + PERSIST + VALUE + next, "torn-store:5 x1 8B");
    }

    @Test
    void codeThatCommitsElsewhereInTheRunIsTrusted() {
        String both = "store 1 @5 0x1003c 8\nstore 1 @7 0x10300 8\n" + PERSIST;
        expect(both + ALIGNED + both + ALIGNED + both);
    }

    @Test
    void commitInAnotherFileCountsWhereItIsTheRule() {
        String elsewhere = "store 1 @6 0x100100 8\n" + PERSIST_FILE;
        expect(VALUE + VALUE + VALUE + VALUE + elsewhere + elsewhere, "torn-store:5 x2 8B");
        expect(VALUE + elsewhere + VALUE + elsewhere + VALUE + elsewhere + VALUE + VALUE);
    }

    @Test
    void commitOfAnotherThreadSaysNothing() {
        expect(
                VALUE + VALUE + "store 2 @6 0x10100 8\nforce-begin 2 @90 0x10000 4096\nforce-end 2\n",
                "torn-store:5 x1 8B");
    }

    @Test
    void recordsCanHaveChecksums() {
        String record = "store 1 @4 0x10034 8\nstore 1 @5 0x1003c 8\nstore 1 @6 0x10044 8\n" + PERSIST;
        expect(record + record + record);
        expect("store 1 @5 0x1003c 8 x4\n" + PERSIST + "store 1 @5 0x1003c 8 x4\n" + PERSIST);
    }

    @Test
    void whatIsNotDurableIsToldByOtherRules() {
        expect("store 1 @5 0x1003c 8\nstore 1 @5 0x1003c 8\nstore 1 @5 0x1003c 8\n");
        expect(VALUE + "store 1 @5 0x1003c 8\n");
    }

    @Test
    void checksummedRangeIsNoFinding() {
        expect("checksummed 1 @2 0x1003c 8\n" + VALUE + VALUE);
        expect("checksummed 1 @2 0x10000 64\natomic 1 @2 0x10000 64\nstore 1 @5 0x10000 64\n" + PERSIST);
    }

    @Test
    void transactionsUndo() {
        String transaction = "begin-transaction 1 @2 own\nadd-to-transaction 1 @3 own 0x1003c 8\n" + VALUE
                + "end-transaction 1 @9 own\n";
        expect(transaction + transaction);
        expect(transaction + VALUE + VALUE); // a store outside of it is what is wrong
        String undoLog =
                "begin-undo-log 1 @2\nadd-to-undo-log 1 @3 0x1003c 8\nstore 1 @5 0x1003c 8\n" + "end-undo-log 1 @9\n";
        expect(undoLog + undoLog);
    }

    @Test
    void allocatedMemoryIsNew() {
        String allocated = "allocated 1 @2 0x10000 256\n";
        expect(allocated + VALUE + allocated + VALUE + allocated + VALUE);
        expect(allocated + VALUE + VALUE, "torn-store:5 x1 8B");
    }

    @Test
    void bulkStoreCountsWhereItIsACommit() {
        String bulk = "store 1 @5 0x10000 16\n" + PERSIST;
        expect(bulk + bulk.replace("0x10000 16", "0x10010 16") + bulk);
        expect(GROUP + bulk + GROUP + bulk, "torn-store:5 x1 16B");
        String large = "store 1 @5 0x10000 128\n" + PERSIST;
        expect(GROUP + large + GROUP + large);
    }

    @Test
    void ordinaryFileTearsAtSectors() {
        String line = "store 1 @5 0x10003c 8\n" + PERSIST_FILE;
        expect(line + line);
        String sector = "store 1 @5 0x1001fc 8\n" + PERSIST_FILE;
        expect(sector + sector, "torn-store:5 x1 8B");
    }

    @Test
    void persistentCachesTearToo() {
        expectIn("eadr", VALUE + VALUE, "torn-store:5 x1 8B");
        expectIn("eadr", ALIGNED + ALIGNED);
    }

    @Test
    void declaredAtomicIsAnError() {
        Finding finding = only("atomic 1 @2 0x10000 16\nstore 1 @5 0x10000 16\n" + PERSIST);
        assertEquals(Severity.ERROR, finding.severity());
        assertEquals("declared atomic here", finding.related().get(0).role());
        assertTrue(finding.message().contains("bytes 0 to 7 can be new without bytes 8 to 15"), finding.message());
    }

    @Test
    void declaredAtomicInTwoStoresIsAnError() {
        String two = "store 1 @5 0x10000 8\nstore 1 @6 0x10008 8\n" + PERSIST;
        expect("atomic 1 @2 0x10000 16\n" + two, "torn-store:6 x1 8B");
        expectIn("eadr", "atomic 1 @2 0x10000 16\n" + two, "torn-store:6 x1 8B");
        expect("atomic 1 @2 0x10000 8\nstore 1 @5 0x10000 4 x2\n" + PERSIST, "torn-store:5 x1 8B");
        expect("atomic 1 @2 0x10000 16\nstore 1 @5 0x10000 8 x2\n" + PERSIST, "torn-store:5 x1 16B");
        assertFalse(only("atomic 1 @2 0x10000 16\n" + two).message().contains("new without"));
    }

    @ParameterizedTest
    @CsvSource({"0x10000,8,auto", "0x10000,8,eadr", "0x100000,512,auto"})
    void declaredAtomicWithinOneUnitIsFine(String address, int size, String domain) {
        String store = "store 1 @5 " + address + " " + size + "\n" + PERSIST + PERSIST_FILE;
        expectIn(domain, "atomic 1 @2 " + address + " " + size + "\n" + store + store);
    }

    @Test
    void declaredAtomicChangedUnitByUnitIsFine() {
        expect("atomic 1 @2 0x10000 16\nstore 1 @5 0x10000 8\n" + PERSIST + "store 1 @6 0x10008 8\n" + PERSIST);
        expectIn(
                "eadr",
                "atomic 1 @2 0x10000 16\nstore 1 @5 0x10000 8\n" + PERSIST + "store 1 @6 0x10008 8\n" + PERSIST);
    }

    @Test
    void laterDeclarationReplacesWhatItOverlaps() {
        String declared = "atomic 1 @2 0x10000 16\natomic 1 @3 0x10008 8\natomic 1 @4 0x10000 8\n";
        expect(declared + "store 1 @5 0x10000 8\nstore 1 @6 0x10008 8\n" + PERSIST);
    }
}
