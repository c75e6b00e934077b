package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.Finding;
import io.pmemcheckj.cli.watch.Snapshot.Level;
import io.pmemcheckj.cli.watch.Snapshot.Replay;
import io.pmemcheckj.cli.watch.Snapshot.State;
import io.pmemcheckj.cli.watch.Snapshot.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes figures of events. One thread tells events, any may ask. */
final class Collector {
    private static final int MOST_FINDINGS = 1_000;
    private static final int FINDINGS_SHOWN = 10;

    private final String target;
    private final Rates rates = new Rates();
    private final SlowFlushes flushes = new SlowFlushes();
    private final Map<Integer, SegmentHistory> segments = new TreeMap<>();
    private final Series unpersisted = new Series();
    private final List<Transaction> open = new ArrayList<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private Facts health;
    private Instant first;
    private long round;
    private boolean chunkEnded;

    Collector(String target) {
        this.target = target;
    }

    synchronized void accept(Facts event) {
        chunkEnded = event.type().equals(Events.TRACER);
        switch (event.type()) {
            case Events.HEALTH -> health(event);
            case Events.SEGMENT -> segment(event);
            case Events.FLUSH -> flushes.accept(event);
            case Events.TRANSACTION -> open.add(transaction(event));
            case Events.FINDING -> finding(event);
            default -> {
                // Of no interest here.
            }
        }
    }

    /** Begins a round of events that tell how the program stands; the others follow it. */
    private void health(Facts event) {
        health = event;
        first = first == null ? event.time() : first;
        round++;
        open.clear();
        rates.accept(event);
        unpersisted.add(orNaN(event.number("bytesUnpersisted")));
    }

    private void segment(Facts event) {
        Number id = event.number("id");
        if (id != null) {
            segments.computeIfAbsent(id.intValue(), key -> new SegmentHistory(round - 1))
                    .accept(event, round);
        }
    }

    private static Transaction transaction(Facts event) {
        Number id = event.number("id"); // of any sign
        return new Transaction(
                id == null ? null : id.longValue(),
                event.text("kind"),
                seconds(event.span("openFor")),
                whole(event.number("rangesLogged")),
                event.text("thread"),
                event.text("location"));
    }

    /** A recording tells again what was found before it began. */
    private void finding(Facts event) {
        Finding finding = new Finding(
                event.time(),
                event.text("rule"),
                event.text("severity"),
                event.text("fingerprint"),
                event.text("message"),
                event.text("location"),
                event.text("path"),
                whole(event.number("offset")),
                whole(event.number("size")));
        findings.putIfAbsent(
                finding.fingerprint() == null ? finding.rule() + finding.location() : finding.fingerprint(), finding);
        if (findings.size() > MOST_FINDINGS) {
            findings.remove(findings.keySet().iterator().next());
        }
    }

    /** Whether there are any figures. */
    synchronized boolean hasFigures() {
        return health != null;
    }

    /** Whether the newest event is the last one of a chunk of the recording. */
    synchronized boolean chunkEnded() {
        return chunkEnded;
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(
                Snapshot.VERSION,
                target,
                health == null ? State.WAITING : State.RUNNING,
                health == null ? null : health.time(),
                health == null ? Duration.ZERO : Duration.between(first, health.time()),
                rates.of("stores"),
                rates.of("flushes"),
                rates.of("fences"),
                rates.of("transactions"),
                number("linesFlushed"),
                number("linesDirty"),
                rates.dirtyShare(),
                new Level(number("bytesUnpersisted"), unpersisted.values()),
                replay(),
                number("segments"),
                segments.values().stream()
                        .filter(segment -> segment.isTold(round))
                        .map(SegmentHistory::now)
                        .toList(),
                flushes.slowest(),
                open.stream()
                        .sorted(Comparator.comparing(
                                Transaction::openForSeconds, Comparator.nullsLast(Comparator.reverseOrder())))
                        .toList(),
                number("findings"),
                newestFindings());
    }

    private List<Finding> newestFindings() {
        List<Finding> newest = new ArrayList<>(findings.values());
        newest.sort(Comparator.comparing(Finding::time).reversed());
        return List.copyOf(newest.subList(0, Math.min(FINDINGS_SHOWN, newest.size())));
    }

    private Replay replay() {
        Number occupancy = health == null ? null : health.number("ringOccupancy");
        return new Replay(
                health == null ? null : health.flag("upToDate").orElse(null),
                number("eventsBehind"),
                occupancy == null ? null : occupancy.doubleValue(),
                health == null ? null : seconds(health.span("timeWaited")));
    }

    private Long number(String field) {
        return health == null ? null : whole(health.number(field));
    }

    /** Negative figures are those that the program did not know. */
    static Long whole(Number number) {
        return number == null || number.longValue() < 0 ? null : number.longValue();
    }

    static double orNaN(Number number) {
        return number == null || number.doubleValue() < 0 ? Double.NaN : number.doubleValue();
    }

    private static Double seconds(Duration duration) {
        return duration == null ? null : duration.toNanos() / 1e9;
    }
}
