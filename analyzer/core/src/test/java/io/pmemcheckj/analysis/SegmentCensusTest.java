package io.pmemcheckj.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pmemcheckj.findings.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentCensusTest {

    @Test
    void bytesAreCountedWhereTheyAre() {
        Report report = Check.report(Check.MAPPED + """
                store 1 @5 0x10000 8
                flush 1 @6 0x10000 8
                fence 1 @7
                store 1 @8 0x101fe 4
                """);
        Report.SegmentMap map = report.segments().get(0).map();
        assertEquals(512, map.partBytes());
        assertEquals(128, map.stored().size());
        assertEquals(List.of(10L, 2L, 0L), map.stored().subList(0, 3));
        assertEquals(List.of(2L, 2L, 0L), map.unpersisted().subList(0, 3));
        assertNull(report.segments().get(1).map(), "nothing was stored there");
    }

    @Test
    void aSmallFileHasAPartForEachLine() {
        Report report = Check.report("""
                map 1 @1 0x10000 100 device=1 inode=1 offset=0 flags=none path="/data/small"
                store 1 @5 0x10060 4
                """);
        assertEquals(
                new Report.SegmentMap(64, List.of(0L, 4L), List.of(0L, 4L)),
                report.segments().get(0).map());
    }
}
