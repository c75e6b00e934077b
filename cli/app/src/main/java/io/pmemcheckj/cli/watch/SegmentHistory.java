package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.Level;
import io.pmemcheckj.cli.watch.Snapshot.Segment;

/** A segment over time. Of a program with many segments only some are told each round. */
final class SegmentHistory {
    private final Series series = new Series();
    private Facts newest;
    private long heard;

    /** @param before rounds in which it was not told */
    SegmentHistory(long before) {
        for (long i = 0; i < before; i++) {
            series.add(Double.NaN);
        }
        heard = before;
    }

    void accept(Facts event, long round) {
        for (; heard < round - 1; heard++) {
            series.add(Double.NaN);
        }
        if (heard < round) {
            series.add(Collector.orNaN(event.number("bytesUnpersisted")));
            heard = round;
        }
        newest = event;
    }

    /** In this round, or in the last one: this one may not be complete. */
    boolean isTold(long round) {
        return heard >= round - 1;
    }

    Segment now() {
        return new Segment(
                newest.number("id").intValue(),
                newest.text("path"),
                newest.text("domain"),
                Collector.whole(newest.number("size")),
                Collector.whole(newest.number("bytesStored")),
                new Level(Collector.whole(newest.number("bytesUnpersisted")), series.values()));
    }
}
