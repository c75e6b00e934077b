package io.pmemcheckj.agent.jfr;

import io.pmemcheckj.agent.jfr.FlightRecording.Runtime;
import io.pmemcheckj.agent.jfr.MappedFiles.Mapping;
import java.util.concurrent.TimeUnit;

/** Flushes from their begin to their end, on the thread that makes them. */
final class Flushes {
    private static final int PATIENCE = 4;
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);

    /** One under way. Not of a segment: the event is null. */
    private static final class UnderWay {
        final UnderWay outer;
        final int epoch;
        FlushEvent event;
        int site;
        long stamp;
        long start;

        UnderWay(UnderWay outer, int epoch) {
            this.outer = outer;
            this.epoch = epoch;
        }
    }

    private final Runtime runtime;
    private final MappedFiles files;
    private final ThreadLocal<UnderWay> innermost = new ThreadLocal<>();
    private volatile int epoch;

    Flushes(Runtime runtime, MappedFiles files) {
        this.runtime = runtime;
        this.files = files;
    }

    /** What began before is not known to have ended. */
    synchronized void startOver() {
        epoch++;
    }

    /** @param values site, address, length */
    void begin(String kind, long[] values, long stamp) {
        Mapping mapping = files.at(values[1]);
        begin(mapping == null ? null : event(kind, mapping, values), (int) values[0], stamp);
    }

    /** @param values site, device, inode */
    void beginFile(long[] values, long stamp) {
        String path = files.path(values[1], values[2]);
        FlushEvent event = null;
        if (path != null) {
            event = new FlushEvent();
            event.kind = "file-force";
            event.path = path;
        }
        begin(event, (int) values[0], stamp);
    }

    private static FlushEvent event(String kind, Mapping mapping, long[] values) {
        FlushEvent event = new FlushEvent();
        event.kind = kind;
        event.path = mapping.path();
        event.offset = mapping.offsetOf(values[1]);
        event.size = values[2];
        return event;
    }

    private void begin(FlushEvent event, int site, long stamp) {
        UnderWay outer = innermost.get();
        UnderWay flush = new UnderWay(outer != null && outer.epoch == epoch ? outer : null, epoch);
        flush.event = event;
        flush.site = site;
        flush.stamp = stamp;
        innermost.set(flush);
        if (event != null) {
            flush.start = System.nanoTime();
            event.begin();
        }
    }

    /** @return null where none ended that a recording wants */
    FlushEvent end(boolean failed) {
        UnderWay flush = innermost.get();
        if (flush == null) {
            return null;
        }
        if (flush.outer == null) {
            innermost.remove();
        } else {
            innermost.set(flush.outer);
        }
        if (flush.event == null || flush.epoch != epoch) {
            return null;
        }
        flush.event.end();
        if (!flush.event.shouldCommit()) {
            return null;
        }
        flush.event.failed = failed;
        complete(flush);
        return flush.event;
    }

    /** Waits for the replay, but what the program waits stands in proportion to what the flush took. */
    private void complete(UnderWay flush) {
        flush.event.location = runtime.place(flush.site);
        long longest = Math.min(PATIENCE * (System.nanoTime() - flush.start), LONGEST_WAIT);
        long[] found = runtime.askFlush(flush.stamp, longest);
        if (found != null) {
            flush.event.linesFlushed = found[0];
            flush.event.linesDirty = found[1];
            flush.event.bytesDirty = found[2];
        }
    }

    /** Lines began to be written back, which a fence is to wait for. @param values site, address, length */
    FlushEvent flushed(long[] values) {
        Mapping mapping = files.at(values[1]);
        return mapping == null ? null : event("flush", mapping, values);
    }
}
