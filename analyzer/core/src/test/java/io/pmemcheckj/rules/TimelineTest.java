package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a finding tells of its line. */
class TimelineTest {

    @Test
    void aStoreAfterAForceComesAfterIt() {
        assertEquals(
                List.of("forced 3 thread-1 0+4096", "stored 5 thread-1 8+8", "ended"),
                timeline("unflushed-store", """
                store 1 @2 0x100000 8
                force-begin 1 @3 0x100000 4096
                force-end 1
                store 1 @5 0x100008 8
                """));
    }

    @Test
    void theFlushComesAfterWhatItCoversAndBeforeWhatItDoesNot() {
        assertEquals(
                List.of(
                        "stored 5 thread-1 8+8",
                        "flushed 6 thread-1 0+64",
                        "fenced by another thread 8 thread-2",
                        "stored 7 thread-1 0+8",
                        "ended"),
                timeline("unfenced-flush", """
                        store 1 @5 0x10008 8
                        flush 1 @6 0x10008 8
                        store 1 @7 0x10000 8
                        fence 2 @8
                        """));
    }

    @Test
    void storesOfOneThreadStandInItsOrderWhereverTheyAre() {
        assertEquals(
                List.of("stored 5 thread-1 32+8", "stored 6 thread-1 8+8", "ended"),
                timeline(List.of("unflushed-store", "suspicious-order"), """
                        store 1 @5 0x10020 8
                        store 1 @6 0x10008 8
                        """));
    }

    @Test
    void theFlushBeforeARedundantOneIsToldWithItsFence() {
        assertEquals(
                List.of("flushed 6 thread-1 0+64", "fenced 7 thread-1", "flushed 8 thread-2 0+64"),
                timeline("redundant-flush", """
                        store 1 @5 0x10008 8
                        flush 1 @6 0x10008 8
                        fence 1 @7
                        flush 2 @8 0x10000 64
                        fence 2 @9
                        """));
    }

    @Test
    void aRedundantForceIsToldAsIfItWereOver() {
        assertEquals(List.of("forced 6 thread-1 0+64", "forced 7 thread-1 0+64"), timeline("redundant-flush", """
                        store 1 @5 0x10008 8
                        force-begin 1 @6 0x10008 8
                        force-end 1
                        force-begin 1 @7 0x10008 8
                        force-end 1
                        """));
    }

    @Test
    void aForceThatFailedIsOneEvent() {
        assertEquals(
                List.of("stored 5 thread-1 0+8", "force failed 6 thread-1 0+4096", "ended"),
                timeline("failed-flush", """
                        store 1 @5 0x100000 8
                        force-begin 1 @6 0x100000 8
                        force-end 1 failed
                        """));
    }

    @Test
    void aStoreThatAForceDidNotCoverStandsAfterIt() {
        assertEquals(
                List.of("forced 6 thread-1 0+4096", "stored 7 thread-2 8+8", "ended"),
                timeline("unflushed-store", """
                        store 1 @5 0x100000 8
                        force-begin 1 @6 0x100000 8
                        store 2 @7 0x100008 8
                        force-end 1
                        """));
    }

    @Test
    void whatTheProgramExpectedIsTheEnd() {
        assertEquals(
                List.of("stored 5 thread-1 0+8", "expected persistent 6"),
                timeline("unflushed-store", "store 1 @5 0x10000 8\nexpect-persisted 1 @6 0x10000 8\n"));
    }

    @Test
    void theBytesThatShouldHaveWaitedAreThoseOfAnOrder() {
        assertEquals(List.of("stored 5 thread-1 64+8", "stored 6 thread-1 128+8"), timeline("unordered-store", """
                expect-ordered 1 @4 0x10040 8 0x10080 8
                store 1 @5 0x10040 8
                store 1 @6 0x10080 8
                """));
    }

    @Test
    void aFlushThatIsForgottenEverywhereElseIsToldByTheMemory() {
        assertEquals(
                List.of("stored 5 thread-1 0+8", "flushed 6 thread-1 0+64", "ended"),
                timeline(
                        "unfenced-flush",
                        "store 1 @5 0x10000 8\nflush 1 @6 0x10000 8\n"
                                + "flush 2 @7 0x10800 8\nfence 2 @7\n".repeat(600)));
    }

    @Test
    void aRowOfStoresToTheLineIsOne() {
        assertEquals(
                List.of("stored 5 thread-1 0+64", "ended"), timeline("unflushed-store", "store 1 @5 0x10000 8 x50\n"));
    }

    private static List<String> timeline(String rule, String events) {
        return timeline(List.of(rule), events);
    }

    private static List<String> timeline(List<String> rules, String events) {
        Report report = Check.report(rules, MAPPED + events + "end\n");
        return report.findings().get(0).timeline().stream()
                .map(TimelineTest::text)
                .toList();
    }

    private static String text(Finding.Step step) {
        return step.event()
                + (step.location().line() > 0 ? " " + step.location().line() : "")
                + (step.thread() == null ? "" : " " + step.thread())
                + (step.length() == 0 ? "" : " " + step.offset() + "+" + step.length());
    }
}
