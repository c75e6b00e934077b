package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.analysis.OrderHabits;
import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspiciousOrderTest {
    private static final String PERSIST = "force-begin 1 @90 0x10000 16384\nforce-end 1\n";
    private static final int TAIL = 0x10000;

    private final StringBuilder events = new StringBuilder(MAPPED);
    private int records;

    private SuspiciousOrderTest store(int line, int address, int size) {
        events.append("store 1 @").append(line).append(" 0x").append(Integer.toHexString(address));
        events.append(' ').append(size).append('\n');
        return this;
    }

    private SuspiciousOrderTest record(int line) {
        return store(line, 0x10100 + 64 * records++, 48);
    }

    private SuspiciousOrderTest persist() {
        events.append(PERSIST);
        return this;
    }

    /** As it should be: the record is durable before the tail. */
    private SuspiciousOrderTest append(int times) {
        for (int i = 0; i < times; i++) {
            record(5).persist().store(7, TAIL, 8).persist();
        }
        return this;
    }

    /** Record and tail under one force. */
    private SuspiciousOrderTest appendFast(int recordLine, int tailLine) {
        return record(recordLine).store(tailLine, TAIL, 8).persist();
    }

    private Report report(String domain, OrderHabits habits) {
        return Check.report(
                AnalysisOptions.of(domain, Set.of("suspicious-order")).inferring(habits), events + "end\n");
    }

    private void expect(String... findings) {
        assertEquals(List.of(findings), Check.summarize(report("auto", OrderHabits.DEFAULT)));
    }

    @Test
    void breakOfAHabitIsFound() {
        append(20).appendFast(5, 7).append(20);
        Report report = report("auto", OrderHabits.DEFAULT);
        assertEquals(List.of("suspicious-order:7 x1 8B"), Check.summarize(report));
        Finding finding = report.findings().get(0);
        assertEquals(5, finding.related().get(0).location().line());
        assertEquals("not persistent yet, stored here", finding.related().get(0).role());
        assertTrue(finding.message().contains("in 39 of 40 such commits"), finding.message());
    }

    @Test
    void pathWithSitesOfItsOwnIsFoundByThePlace() {
        append(20).appendFast(15, 17).append(20);
        Report report = report("auto", OrderHabits.DEFAULT);
        assertEquals(List.of("suspicious-order:17 x1 8B"), Check.summarize(report));
        assertEquals(15, report.findings().get(0).related().get(0).location().line());
    }

    @Test
    void flagsInManyPlacesAreKnownByTheirSite() {
        for (int slot = 0; slot < 20; slot++) {
            store(5, 0x10000 + 128 * slot, 48);
            if (slot != 15) {
                persist();
            }
            store(7, 0x10000 + 128 * slot + 64, 8).persist();
        }
        expect("suspicious-order:7 x1 8B");
    }

    @Test
    void oneMethodMayStoreEverything() {
        for (int i = 0; i < 40; i++) {
            record(5);
            if (i != 30) {
                persist();
            }
            store(5, TAIL, 8).persist();
        }
        expect("suspicious-order:5 x1 8B");
    }

    @Test
    void placesOfAnAllocatorMeanNothing() {
        events.append("allocated 1 @1 0x10000 65536\n");
        append(20).appendFast(15, 17).append(20);
        expect();
    }

    @Test
    void dataThatStaysBehindIsAnotherRulesFinding() {
        append(20).store(5, 0x100000, 8).store(7, TAIL, 8).persist().append(20);
        expect();
    }

    @Test
    void keptHabitIsFine() {
        append(40);
        expect();
    }

    @Test
    void fewOccurrencesAreNoHabit() {
        append(8).appendFast(5, 7);
        expect();
        assertEquals(1, report("auto", new OrderHabits(5, 0.8)).findings().size());
    }

    @Test
    void frequentBreaksAreNoHabit() {
        for (int i = 0; i < 10; i++) {
            append(4).appendFast(5, 7);
        }
        expect();
        assertEquals(1, report("auto", new OrderHabits(10, 0.7)).findings().size());
    }

    @Test
    void dataThatIsNeverDurableFirstIsNoHabit() {
        for (int i = 0; i < 40; i++) {
            store(4, 0x100000 + 64 * i, 8); // of another file, which is forced at the end
            append(1);
        }
        expect();
    }

    @Test
    void dataInTheSameLineCannotBeLostAlone() {
        append(20).store(5, TAIL + 16, 8).store(7, TAIL, 8).persist().append(20);
        expect();
    }

    @Test
    void inAnOrdinaryFileItCan() {
        append(20).store(5, TAIL + 16, 8).store(7, TAIL, 8).persist().append(20);
        assertEquals(1, report("page-cache", OrderHabits.DEFAULT).findings().size());
    }

    @Test
    void persistentCachesKeepTheOrder() {
        append(20).appendFast(5, 7).append(20);
        assertEquals(List.of(), report("eadr", OrderHabits.DEFAULT).findings());
    }

    @Test
    void persistentCachesDoNotOrderNonTemporalStores() {
        append(20).record(5);
        events.insert(events.length() - 1, " non-temporal");
        store(7, TAIL, 8).persist().append(20);
        assertEquals(1, report("eadr", OrderHabits.DEFAULT).findings().size());
    }

    @Test
    void transactionsUndo() {
        append(20);
        events.append("begin-transaction 1 @1 own\n");
        appendFast(5, 7);
        events.append("end-transaction 1 @9 own\n");
        append(20);
        expect();
    }

    @Test
    void recoveryChecksWhatIsChecksummed() {
        events.append("checksummed 1 @1 0x10100 8192\n");
        append(20).appendFast(5, 7).append(20);
        expect();
    }

    @Test
    void whatOtherThreadsStoreIsNotJudged() {
        append(20);
        events.append("store 2 @5 0x10080 8\n");
        append(20);
        expect();
    }

    @Test
    void sameValueStoredAgainIsNoData() {
        append(20)
                .record(5)
                .persist()
                .store(7, TAIL, 8)
                .store(7, TAIL, 8)
                .persist()
                .append(20);
        expect();
    }

    @Test
    void optionsThatMeanNothingAreRefused() {
        assertThrows(UsageException.class, () -> new OrderHabits(0, 0.9));
        assertThrows(UsageException.class, () -> new OrderHabits(10, 0));
        assertThrows(UsageException.class, () -> new OrderHabits(10, 1.1));
        assertThrows(UsageException.class, () -> new OrderHabits(10, Double.NaN));
    }
}
