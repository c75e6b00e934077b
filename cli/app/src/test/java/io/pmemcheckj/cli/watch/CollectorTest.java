package io.pmemcheckj.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.cli.watch.Snapshot.Flush;
import io.pmemcheckj.cli.watch.Snapshot.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private final Collector collector = new Collector("process 7");

    @Test
    void nothingIsKnownBeforeTheFirstFigures() {
        assertFalse(collector.hasFigures());
        Snapshot now = collector.snapshot();
        assertEquals(State.WAITING, now.state());
        assertNull(now.stores().total());
        assertNull(now.findings());
        assertNull(now.replay().upToDate());
    }

    @Test
    void ratesAreThoseOfTheLastSecond() {
        collector.accept(Told.health(1));
        assertNull(collector.snapshot().stores().perSecond(), "one look tells no rate");
        collector.accept(Told.health(2));
        collector.accept(Told.of(Events.HEALTH, 3, "stores", 700L, "linesFlushed", 30L, "linesDirty", 14L));

        Snapshot now = collector.snapshot();
        assertEquals(700, now.stores().total());
        assertEquals(500, now.stores().perSecond());
        assertEquals(1, now.dirtyShare());
        assertEquals(List.of(100.0, 500.0), now.stores().history().subList(1, 3));
        assertNull(now.flushes().total(), "this look does not say");
        assertNull(now.flushes().perSecond());
    }

    @Test
    void aLastLookThatFollowsAtOnceMakesNoRateOfItsOwn() {
        collector.accept(Told.health(1));
        collector.accept(Told.health(2));
        collector.accept(Told.of(Events.HEALTH, 2.01, "stores", 300L));

        assertEquals(200 / 1.01, collector.snapshot().stores().perSecond(), 0.01);
    }

    @Test
    void aSegmentIsShownWhileItIsTold() {
        collector.accept(Told.health(1));
        collector.accept(Told.segment(1, 1, "/a", 10));
        collector.accept(Told.health(2));
        collector.accept(Told.segment(2, 1, "/a", 20));
        collector.accept(Told.segment(2, 2, "/b", 5));
        assertEquals(2, collector.snapshot().segments().size());
        assertEquals(
                List.of(10.0, 20.0),
                collector.snapshot().segments().get(0).unpersisted().history());
        List<Double> later =
                collector.snapshot().segments().get(1).unpersisted().history();
        assertTrue(Double.isNaN(later.get(0)), "it was not there yet");
        assertEquals(5, later.get(1));

        collector.accept(Told.health(3));
        collector.accept(Told.segment(3, 1, "/a", 20));
        collector.accept(Told.health(4));
        collector.accept(Told.segment(4, 1, "/a", 20));
        assertEquals(1, collector.snapshot().segments().size());
    }

    @Test
    void theSlowestFlushOfEachPlaceIsKept() {
        collector.accept(Told.flush(5, "a.Log.commit(Log.java:7)", 3));
        collector.accept(Told.flush(9, "a.Log.commit(Log.java:7)", -1));
        collector.accept(Told.flush(7, "a.Index.save(Index.java:1)", 1));
        collector.accept(Told.flush(2, "a.Log.commit(Log.java:7)", 4));

        List<Flush> flushes = collector.snapshot().slowestFlushes();
        assertEquals(List.of(9.0, 7.0), flushes.stream().map(Flush::millis).toList());
        assertEquals(3, flushes.get(0).recorded());
        assertNull(flushes.get(0).linesDirty(), "the replay had not come so far");
        assertEquals(
                List.of("a.Log.commit(Log.java:7)", "a.Main.main(Main.java:9)"),
                flushes.get(0).stack());
    }

    @Test
    void openTransactionsAreThoseOfTheLastRound() {
        collector.accept(Told.health(1));
        collector.accept(open(1, 1, Duration.ofSeconds(1)));
        collector.accept(open(1, -2, Duration.ofSeconds(5)));
        assertEquals(
                List.of(-2L, 1L),
                collector.snapshot().openTransactions().stream()
                        .map(Snapshot.Transaction::id)
                        .toList());

        collector.accept(Told.health(2));
        collector.accept(open(2, 1, Duration.ofSeconds(2)));
        assertEquals(1, collector.snapshot().openTransactions().size());
        assertEquals(2.0, collector.snapshot().openTransactions().get(0).openForSeconds());
    }

    private static Told open(double second, long id, Duration time) {
        return Told.of(Events.TRANSACTION, second, "id", id, "kind", "named", "openFor", time, "rangesLogged", 1);
    }

    @Test
    void aFindingToldAgainIsOne() {
        collector.accept(Told.of(Events.FINDING, 1, "rule", "torn-store", "fingerprint", "f1"));
        collector.accept(Told.of(Events.FINDING, 3, "rule", "unflushed-store", "fingerprint", "f2"));
        collector.accept(Told.of(Events.FINDING, 5, "rule", "torn-store", "fingerprint", "f1"));

        assertEquals(
                List.of("unflushed-store", "torn-store"),
                collector.snapshot().newestFindings().stream()
                        .map(Snapshot.Finding::rule)
                        .toList());
    }

    @Test
    void aLongSeriesKeepsItsPeakAndItsEnds() {
        Series series = new Series();
        for (int i = 0; i < 100_000; i++) {
            series.add(i == 50_001 ? 1e6 : 1);
        }
        assertTrue(series.values().size() <= 256, () -> series.values().size() + " values");
        assertEquals(1, series.values().stream().filter(value -> value == 1e6).count());
        int peak = series.values().indexOf(1e6);
        assertEquals(0.5, (double) peak / series.values().size(), 0.02);
    }

    @Test
    void sparklinesBeginAtZero() {
        assertEquals("▁ ▅█", new Sparkline(true).of(List.of(0.0, Double.NaN, 5.0, 10.0), 9));
        assertEquals(
                "_#", new Sparkline(false).of(List.of(0.0, 0.0, 1.0, 9.0), 2).replace('@', '#'));
        assertEquals("▁▁", new Sparkline(true).of(List.of(0.0, 0.0), 9));
    }
}
