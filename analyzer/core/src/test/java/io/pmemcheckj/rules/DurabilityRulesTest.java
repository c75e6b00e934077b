package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurabilityRulesTest {
    private static void expect(String events, String... findings) {
        assertEquals(List.of(findings), Check.findings(MAPPED + events));
    }

    @Test
    void storeThatNothingFlushesIsUnflushed() {
        expect("store 1 @5 0x10010 8\n", "unflushed-store:5 x1 8B");
    }

    @Test
    void storeFlushedAndFencedIsPersistent() {
        expect("store 1 @5 0x10010 8\nflush 1 @6 0x10010 8\nfence 1 @7\n");
    }

    @Test
    void flushCoversItsWholeLines() {
        expect("store 1 @5 0x1003e 4\nflush 1 @6 0x10000 1\nfence 1 @7\n", "unflushed-store:5 x1 2B");
    }

    @Test
    void storeAfterTheFlushIsNotCovered() {
        expect(
                "store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\nstore 1 @8 0x10004 8\nfence 1 @7\n",
                "unflushed-store:8 x1 8B");
    }

    @Test
    void fenceOfAnotherThreadDoesNotComplete() {
        Report report = Check.report(MAPPED + "store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\nfence 2 @7\n");
        assertEquals(List.of("unfenced-flush:5 x1 8B", "redundant-fence:7 x1 0B"), Check.summarize(report));
        Finding finding = report.findings().get(0);
        assertEquals("flushed here", finding.related().get(0).role());
        assertEquals(6, finding.related().get(0).location().line());
        assertEquals(8, report.segments().get(0).unpersistedBytes());
    }

    @Test
    void flushOfWhatAnotherThreadFlushedCountsForBoth() {
        expect("store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\nflush 2 @7 0x10000 8\nfence 2 @8\n");
    }

    @Test
    void fenceOfAStaleFlushDoesNotCoverWhatAnotherThreadFlushedLater() {
        expect("""
                store 1 @5 0x10000 8
                flush 1 @6 0x10000 8
                store 1 @5 0x10000 8
                flush 2 @7 0x10000 8
                fence 1 @8
                """, "unfenced-flush:5 x1 8B");
    }

    @Test
    void runOfStoresCountsItsLeftovers() {
        expect("store 1 @5 0x10000 8 x100\nforce-begin 1 @6 0x10000 400\nforce-end 1\n", "unflushed-store:5 x44 352B");
    }

    @Test
    void forceOfAnOrdinaryFileCoversPages() {
        expect("store 1 @5 0x100ff8 16\nforce-begin 1 @6 0x100010 8\nforce-end 1\n", "unflushed-store:5 x1 8B");
    }

    @Test
    void writeThroughADescriptorIsAStoreOfTheMappedFile() {
        expect("file-store 1 @5 device=1 inode=2 offset=100 length=12\n", "unflushed-store:5 x1 12B");
        expect("file-store 1 @5 device=1 inode=2 offset=100 length=12\nforce-begin 1 @6 0x100000 200\nforce-end 1\n");
        expect("file-store 1 @5 device=1 inode=2 offset=100 length=12\n"
                + "file-force-begin 1 @6 device=1 inode=2\nforce-end 1\n");
        expect("file-store 1 @5 device=1 inode=2 offset=100 length=12 durable\n");
    }

    @Test
    void writeThroughADescriptorBeyondTheMappingIsOfTheSameFile() {
        expect("file-store 1 @5 device=1 inode=2 offset=70000 length=12\n", "unflushed-store:5 x1 12B");
    }

    @Test
    void writeToAFileThatIsNotMappedIsNoStore() {
        expect("file-store 1 @5 device=1 inode=3 offset=0 length=12\n");
        expect("unmap 1 @4 0x100000 65536\nfile-store 1 @5 device=1 inode=2 offset=0 length=12\n");
    }

    @Test
    void whatIsCutOffAFileCannotBeLost() {
        expect("store 1 @5 0x100ffc 8\nfile-size 1 @6 device=1 inode=2 length=4096\n", "unflushed-store:5 x1 4B");
    }

    @Test
    void untracedWriteNamesTheNearestStores() {
        Report report = Check.report("property \"audit\" \"true\"\n" + MAPPED + """
                store 1 @5 0x100010 8
                store 1 @6 0x100800 8 x100
                store 1 @7 0x102000 8
                file-force-begin 1 @8 device=1 inode=2
                force-end 1
                untraced-write device=1 inode=2 offset=5000 length=20 "00000000" "01020304"
                audited device=1 inode=2 length=65536
                """);
        Finding finding = report.findings().get(0);
        assertEquals("untraced-write", finding.rule());
        assertEquals(20, finding.bytes());
        assertEquals(5000, finding.segment().offset());
        assertEquals(
                List.of("nearest store below 6", "nearest store above 7"),
                finding.related().stream()
                        .map(other -> other.role() + " " + other.location().line())
                        .toList());
        assertTrue(finding.message().contains("expected 00000000..., found 01020304..."), finding::message);
        assertEquals(new Report.Audit(65536, 65516), report.summary().audit());
    }

    @Test
    void storeDuringAForceIsNotCovered() {
        expect(
                "store 1 @5 0x100000 8\nforce-begin 1 @6 0x100000 8\nstore 2 @9 0x100004 8\nforce-end 1\n",
                "unflushed-store:9 x1 8B");
    }

    @Test
    void fileForceCoversEveryMappingEvenGoneOnes() {
        expect("""
                map 1 A.map(A.java:3) 0x200000 4096 device=1 inode=2 offset=4096 flags=none path="/data/file"
                store 1 @5 0x200000 8
                unmap 1 @6 0x200000 4096
                store 1 @7 0x100000 8
                file-force-begin 1 @8 device=1 inode=2
                force-end 1
                """);
    }

    @Test
    void mappingsOfOneFileAlias() {
        expect("""
                map 1 A.map(A.java:3) 0x200000 4096 device=1 inode=1 offset=4096 flags=sync path="/data/pmem"
                store 1 @5 0x200008 8
                force-begin 1 @8 0x11008 8
                force-end 1
                """);
    }

    @Test
    void unmappedStoreIsStillJudged() {
        expect("store 1 @5 0x100000 4\nunmap 1 @6 0x100000 65536\nstore 1 @7 0x100000 4\n", "unflushed-store:5 x1 4B");
    }

    @Test
    void failedForceIsReportedWhereItFailed() {
        Report report =
                Check.report(MAPPED + "store 1 @5 0x100000 8\nforce-begin 1 @6 0x100000 8\nforce-end 1 failed\n");
        assertEquals(List.of("failed-flush:6 x1 8B"), Check.summarize(report));
        assertEquals("stored here", report.findings().get(0).related().get(0).role());
        assertEquals(5, report.findings().get(0).related().get(0).location().line());
    }

    @Test
    void failedForceThatIsRepeatedIsNoFinding() {
        expect("""
                store 1 @5 0x100000 8
                force-begin 1 @6 0x100000 8
                force-end 1 failed
                force-begin 1 @7 0x100000 8
                force-end 1
                """);
    }

    @Test
    void storeAfterAFailedForceIsUnflushed() {
        expect(
                "store 1 @5 0x100000 8\nforce-begin 1 @6 0x100000 8\nforce-end 1 failed\nstore 1 @7 0x100000 8\n",
                "unflushed-store:7 x1 8B",
                "overwritten-store:5 x1 8B");
    }

    @Test
    void expectPersistedReportsOnceAndNotAgainAtTheEnd() {
        Report report = Check.report(MAPPED + "store 1 @5 0x10000 8\nexpect-persisted 1 @6 0x10000 8\n");
        assertEquals(List.of("unflushed-store:5 x1 8B"), Check.summarize(report));
        assertEquals(
                "expected persistent here",
                report.findings().get(0).related().get(0).role());
        assertEquals(6, report.findings().get(0).related().get(0).location().line());
    }

    @Test
    void expectPersistedSeesOnlyItsRange() {
        expect(
                "store 1 @5 0x10000 16\nexpect-persisted 1 @6 0x10008 4\nforce-begin 1 @7 0x10000 16\nforce-end 1\n",
                "unflushed-store:5 x1 4B");
    }

    @Test
    void expectPersistedTellsUnfencedFromUnflushed() {
        expect(
                "store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\nexpect-persisted 1 @7 0x10000 8\nfence 1 @8\n",
                "unfenced-flush:5 x1 8B");
    }

    @Test
    void setCleanSettlesExactlyItsBytes() {
        expect("store 1 @5 0x10000 8\nset-clean 1 @6 0x10002 4\n", "unflushed-store:5 x1 4B");
    }

    @Test
    void nonTemporalStoreNeedsOnlyAFence() {
        expect("store 1 @5 0x10000 8 non-temporal\nfence 1 @6\n");
        expect("store 1 @5 0x10000 8 non-temporal\n", "unfenced-flush:5 x1 8B");
    }

    @Test
    void platformWhoseCachesPersistMakesSyncMappingsEadr() {
        String stored = "store 1 @5 0x10000 8\nend\n";
        assertEquals(List.of(), Check.summarize(Check.report("auto", map("sync,caches-persist") + stored)));
        for (String flags : List.of("sync", "sync,emulated,caches-persist", "caches-persist")) {
            assertEquals(
                    List.of("unflushed-store:5 x1 8B"),
                    Check.summarize(Check.report("auto", map(flags) + stored)),
                    flags);
        }
        assertEquals(
                List.of("unflushed-store:5 x1 8B"),
                Check.summarize(Check.report("adr", map("sync,caches-persist") + stored)));
    }

    private static String map(String flags) {
        return "map 1 @1 0x10000 4096 device=1 inode=1 offset=0 flags=" + flags + " path=\"/data/f\"\n";
    }

    @Test
    void addressOfVolatileMemoryIsReportedAtItsStore() {
        String stored = "store 1 @5 0x10010 8\nvolatile-pointer 1 @5 0x10010 0x7f3a5c001000\n";
        String persisted = "force-begin 1 @6 0x10000 128\nforce-end 1\n";
        Report report = Check.report(MAPPED + stored + stored.replace("0x10010", "0x10040") + persisted);
        Finding finding = report.findings().get(0);
        assertEquals("volatile-pointer", finding.rule());
        assertEquals(2, finding.occurrences());
        assertEquals(16, finding.segment().offset());
        assertEquals(8, finding.segment().length());
        assertTrue(finding.message().contains("0x7f3a5c001000"), finding::message);
        expect("volatile-pointer 1 @5 0x90000 0x7f3a5c001000\n");
        expect("internal 1\n" + stored + "internal 1 end\n");
    }

    @Test
    void volatilePointerHasTheStackOfItsStore() {
        String stored = "stack 1 @5;@2\nsample 1 1\nstore 1 @5 0x10010 8\n"
                + "volatile-pointer 1 @5 0x10010 0x7f3a5c001000\nset-clean 1 - 0x10010 8\n";
        Finding finding = Check.report(MAPPED + stored).findings().get(0);
        assertEquals(2, finding.stack().size());
        assertFalse(finding.stackIsSample());
    }

    @Test
    void persistentCachesMakeStoresDurableAtOnce() {
        String events = MAPPED + "store 1 @5 0x10000 8\nstore 1 @6 0x10040 8 non-temporal\nend\n";
        assertEquals(List.of("unfenced-flush:6 x1 8B"), Check.summarize(Check.report("eadr", events)));
        String flushed = MAPPED + "store 1 @5 0x10000 8\nforce-begin 1 @6 0x10000 8\nforce-end 1\nend\n";
        assertEquals(List.of("redundant-flush:6 x1 8B"), Check.summarize(Check.report("eadr", flushed)));
    }

    @Test
    void readOnlyAndPrivateMappingsHoldNothing() {
        expect("""
                map 1 - 0x300000 4096 device=1 inode=3 offset=0 flags=private path="/data/p"
                store 1 @5 0x300000 8
                """ + "store 1 @6 0x10000 8\nforce-begin 1 @6 0x10000 8\nforce-end 1\n");
    }

    @Test
    void registeredMemoryIsASegmentOfItsOwn() {
        Report report = Check.report("""
                map 1 - 0x7010 100 device=0 inode=0 offset=0 flags=registered path="registered memory"
                store 1 @5 0x7010 8
                store 1 @6 0x7040 8
                flush 1 @7 0x7000 1
                fence 1 @8
                """);
        // 0x7000 lies before the segment: nothing it shares a line with is flushed by a range that touches no mapping
        assertEquals(List.of("unflushed-store:5 x1 8B", "unflushed-store:6 x1 8B"), Check.summarize(report));
        assertEquals(0, report.findings().get(0).segment().offset());
        assertEquals(0x30, report.findings().get(1).segment().offset());
    }

    @Test
    void redundantFlushOfACleanOrFlushedRange() {
        expect(
                "force-begin 1 @6 0x10000 8\nforce-end 1\nstore 1 @7 0x10000 8\nforce-begin 1 @8 0x10000 8\nforce-end 1\n",
                "redundant-flush:6 x1 8B");
        expect(
                "store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\nflush 1 @7 0x10000 8\nfence 1 @8\n",
                "redundant-flush:7 x1 8B");
    }

    @Test
    void fileForceAndEmptyFlushAreNeverRedundant() {
        expect("""
                store 1 @5 0x10000 8
                force-begin 1 @6 0x10000 8
                force-end 1
                file-force-begin 1 @7 device=1 inode=1
                force-end 1
                flush 1 @8 0x10000 0
                force-begin 1 @8 0x500000 64
                force-end 1
                """);
    }

    @Test
    void oversizedFlushFromEightLinesOnWhenLittleIsDirty() {
        expect("store 1 @5 0x10000 8\nforce-begin 1 @6 0x10000 448\nforce-end 1\n");
        expect("store 1 @5 0x10000 8\nforce-begin 1 @6 0x10000 512\nforce-end 1\n", "oversized-flush:6 x1 512B");
        expect("store 1 @5 0x10000 65\nforce-begin 1 @6 0x10000 512\nforce-end 1\n");
        expect("store 1 @5 0x100000 8\nforce-begin 1 @6 0x100000 65536\nforce-end 1\n");
    }

    @Test
    void redundantFence() {
        expect("store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\nfence 1 @7\nfence 1 @8\n", "redundant-fence:8 x1 0B");
        expect("store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\nfence 1 @7\nfence 1 - implicit\n");
    }

    @Test
    void overwrittenStoreIsToldAtTheStoreThatWasLost() {
        Report report = Check.report(
                MAPPED + "store 1 @5 0x10000 8\nstore 1 @6 0x10004 8\nforce-begin 1 @7 0x10000 16\nforce-end 1\n");
        assertEquals(List.of("overwritten-store:5 x1 4B"), Check.summarize(report));
        assertEquals(6, report.findings().get(0).related().get(0).location().line());
    }

    @Test
    void findingsOfThreadsAtOnePlaceAreOne() {
        expect("store 1 @5 0x10000 8 x4\nstore 2 @5 0x10100 8 x4\n", "unflushed-store:5 x8 64B");
    }

    @Test
    void locationIsTheCallerWhereTheSiteLiesInTheJdk() {
        Report report = Check.report(MAPPED + """
                stack 1 java.nio.Bits.put(Bits.java:9);app.Main.run(Main.java:5)
                sample 1 1
                store 1 java.nio.Bits.put(Bits.java:9) 0x10000 8
                """);
        Finding finding = report.findings().get(0);
        assertEquals("app.Main.run(Main.java:5)", finding.location().toString());
        assertEquals(2, finding.stack().size());
        assertTrue(!finding.stackIsSample());
    }

    @Test
    void aStackOfAllOccurrencesIsNoSampleWhereEachHasItsOwn() {
        String stores = """
                stack 1 app.Log.put(Log.java:9);app.Main.first(Main.java:5)
                stack 2 app.Log.put(Log.java:9);app.Main.second(Main.java:6)
                sample 1 1
                store 1 app.Log.put(Log.java:9) 0x10000 8
                sample 1 1
                store 1 app.Log.put(Log.java:9) 0x10040 8
                """;
        String full = "property \"stacks\" \"full\"\n";
        assertTrue(isSample(MAPPED + stores));
        assertFalse(isSample(full + MAPPED + stores));
        assertTrue(isSample(full + MAPPED + stores + "sample 1 2\nstore 1 app.Log.put(Log.java:9) 0x10080 8\n"));
    }

    private static boolean isSample(String trace) {
        return Check.report(trace).findings().get(0).stackIsSample();
    }

    @Test
    void aStackIsShownAsASampleUnlessItIsThatOfTheStore() {
        String sampledFirst = """
                stack 1 app.Log.put(Log.java:9);app.Main.first(Main.java:5)
                sample 1 1
                store 1 app.Log.put(Log.java:9) 0x10000 8
                flush 1 @6 0x10000 8
                fence 1 @7
                """;
        Finding other = Check.report(MAPPED + sampledFirst + "store 1 app.Log.put(Log.java:9) 0x10040 8\n")
                .findings()
                .get(0);
        assertTrue(other.stackIsSample());
        Finding own = Check.report(MAPPED + sampledFirst + """
                stack 2 app.Log.put(Log.java:9);app.Main.second(Main.java:6)
                sample 1 2
                store 1 app.Log.put(Log.java:9) 0x10040 8
                """).findings().get(0);
        assertFalse(own.stackIsSample());
        assertEquals("app.Main.second(Main.java:6)", own.stack().get(1).toString());
    }
}
