package io.pmemcheckj.analysis;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.RuleCatalogue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private static AnalysisOptions options(List<String> segments, List<String> excluded) {
        return new AnalysisOptions(
                "auto", RuleCatalogue.load().ids(), List.of(), null, OrderHabits.DEFAULT, segments, excluded);
    }

    @Test
    void summaryCountsWhatTheProgramDid() {
        Report report = Check.report("""
                property "java" "25.0.1"
                """ + MAPPED + """
                        store 1 @5 0x10000 8 x10
                        checkpoint 1 @5 "half"
                        force-begin 1 @6 0x10000 80
                        force-end 1
                        begin-transaction 2 @7 own
                        end-transaction 2 @7 own
                        """);
        assertEquals(10, report.summary().stores());
        assertEquals(1, report.summary().flushes());
        assertEquals(1, report.summary().fences());
        assertEquals(1, report.summary().transactions());
        assertEquals(2, report.summary().threads());
        assertEquals(2, report.summary().segments());
        assertEquals("25.0.1", report.run().java());
        assertEquals(List.of(new Report.Checkpoint("half", 10, 80)), report.checkpoints());
        Report.Segment first = report.segments().get(0);
        assertEquals(new Report.Segment(1, "/data/pmem", 65536, "adr", true, 80, 0, first.map()), first);
        assertEquals("page-cache", report.segments().get(1).domain());
        assertTrue(report.run().complete());
        assertEquals(List.of(), report.run().problems());
    }

    @Test
    void gapAndMissingEndAreProblemsAndFindingsStillCome() {
        Report gap = Check.report(MAPPED + "store 1 @5 0x10000 8\ngap \"lost 5 events\"\n");
        assertFalse(gap.run().complete());
        assertEquals(
                List.of("the trace is incomplete: lost 5 events"), gap.run().problems());
        assertEquals(1, gap.findings().size());
        Report cut = Check.report("auto", MAPPED + "store 1 @5 0x10000 8\n");
        assertFalse(cut.run().complete());
        assertEquals(1, cut.run().problems().size());
    }

    @Test
    void writableMappingWithoutStoresIsAProblem() {
        assertEquals(
                List.of("nothing was traced though /data/file was mapped for writing"),
                Check.report(MAPPED).run().problems());
        assertEquals(List.of(), Check.report("").run().problems());
    }

    @Test
    void writableMappingWithoutStoresIsNoneWhereAnAuditFoundThatNothingChanged() {
        String unchanged = "audited device=1 inode=1 length=65536\naudited device=1 inode=2 length=65536\n";
        assertEquals(List.of(), Check.report(MAPPED + unchanged).run().problems());
        String changed = "untraced-write device=1 inode=2 offset=0 length=1 \"00\" \"01\"\n" + unchanged;
        assertEquals(1, Check.report(MAPPED + changed).run().problems().size());
    }

    @Test
    void aNewFileWithTheInodeOfADeletedOneIsAnotherSegment() {
        Report report = Check.report(MAPPED + """
                store 1 @5 0x10000 8
                unmap 1 @6 0x10000 65536
                map 1 @7 0x20000 4096 device=1 inode=1 offset=0 flags=sync,emulated path="/data/new"
                store 1 @8 0x20000 8
                force-begin 1 @9 0x20000 64
                force-end 1
                """);
        assertEquals(List.of("unflushed-store:5 x1 8B"), Check.summarize(report));
        assertEquals("/data/pmem", report.findings().get(0).segment().path());
        assertEquals(
                List.of("/data/pmem", "/data/file", "/data/new"),
                report.segments().stream().map(Report.Segment::path).toList());
    }

    @Test
    void aSecondNameOfAMappedFileIsTheSameSegment() {
        Report report = Check.report(MAPPED + """
                store 1 @5 0x10000 8
                map 1 @7 0x20000 4096 device=1 inode=1 offset=0 flags=sync,emulated path="/data/link"
                force-begin 1 @9 0x20000 64
                force-end 1
                """);
        assertEquals(List.of(), Check.summarize(report));
    }

    @Test
    void globsSelectSegmentsByPathOrName() {
        String trace = MAPPED + "store 1 @5 0x10000 8\nstore 1 @6 0x100000 8\nend\n";
        assertEquals(
                List.of("unflushed-store:5 x1 8B"),
                Check.summarize(Check.report(options(List.of("pm*"), List.of()), trace)));
        assertEquals(
                List.of("unflushed-store:6 x1 8B"),
                Check.summarize(Check.report(options(List.of(), List.of("/data/pmem")), trace)));
    }

    @Test
    void badOptionsAreUsageErrors() {
        assertEquals(
                true,
                assertThrows(UsageException.class, () -> new Analysis(options(List.of("[a"), List.of())))
                        .getMessage()
                        .startsWith("--segments: bad glob '[a'"));
        assertThrows(UsageException.class, () -> new Analysis(AnalysisOptions.of("auto", Set.of("no-rule"))));
        assertThrows(UsageException.class, () -> new Analysis(AnalysisOptions.of("nvm", Set.of())));
    }

    @Test
    void disabledRulesReportNothing() {
        AnalysisOptions none = AnalysisOptions.of("auto", Set.of("redundant-fence"));
        assertEquals(List.of(), Check.summarize(Check.report(none, MAPPED + "store 1 @5 0x10000 8\nend\n")));
    }

    @Test
    void findingsComeWorstFirstWithDistinctFingerprints() {
        Report report = Check.report(MAPPED
                + "fence 1 @9\nforce-begin 1 @8 0x10000 8\nforce-end 1\nstore 1 @7 0x10000 8\nstore 1 @6 0x10008 8\n");
        assertEquals(
                List.of(
                        "unflushed-store:6 x1 8B",
                        "unflushed-store:7 x1 8B",
                        "redundant-flush:8 x1 8B",
                        "redundant-fence:9 x1 0B"),
                Check.summarize(report));
        assertEquals(
                4,
                report.findings().stream().map(f -> f.fingerprint()).distinct().count());
    }

    @Test
    void unmappedGarbageIsNotCounted() {
        Report report = Check.report(MAPPED + "store 1 @5 0xff000 8 x1024\nstore 1 @6 0x500000 8\n");
        assertEquals(512, report.summary().stores());
        assertEquals(List.of("unflushed-store:5 x512 4096B"), Check.summarize(report));
    }
}
