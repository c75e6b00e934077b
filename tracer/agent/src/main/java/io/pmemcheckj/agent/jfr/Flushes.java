package io.pmemcheckj.agent.jfr;

import io.pmemcheckj.agent.jfr.FlightRecording.Runtime;
import io.pmemcheckj.agent.jfr.MappedFiles.Mapping;
import java.util.concurrent.TimeUnit;

/**
 * Flushes from their begin to their end, on the thread that makes them. Most are too short for a recording, so that
 * little is done of each before it is known to be long enough.
 */
final class Flushes {
    private static final int PATIENCE = 4;
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(50);

    /** One under way. */
    private static final class UnderWay {
        final UnderWay outer;
        final String kind;
        final long[] values;
        final long stamp;
        final long start = System.nanoTime();
        final FlushEvent event = new FlushEvent();

        UnderWay(UnderWay outer, String kind, long[] values, long stamp) {
            this.outer = outer;
            this.kind = kind;
            this.values = values;
            this.stamp = stamp;
            event.begin();
        }
    }

    /** Of one thread. */
    private static final class OfThread {
        UnderWay innermost;
        Object epoch;
    }

    private final Runtime runtime;
    private final MappedFiles files;
    private final ThreadLocal<OfThread> ofThread = ThreadLocal.withInitial(OfThread::new);
    /** Another one each time when nothing was heard for a while. */
    private volatile Object epoch = new Object();

    Flushes(Runtime runtime, MappedFiles files) {
        this.runtime = runtime;
        this.files = files;
    }

    /** What began before is not known to have ended. */
    void startOver() {
        epoch = new Object();
    }

    /**
     * One begins.
     *
     * @param kind the event's
     * @param values site, address, length; of a file site, device, inode
     */
    void begin(String kind, long[] values, long stamp) {
        OfThread thread = current();
        thread.innermost = new UnderWay(thread.innermost, kind, values, stamp);
    }

    private OfThread current() {
        OfThread thread = ofThread.get();
        if (thread.epoch != epoch) {
            thread.epoch = epoch;
            thread.innermost = null;
        }
        return thread;
    }

    /** The innermost ends. @return null where a recording does not want it, or it was of nothing mapped */
    FlushEvent end(boolean failed) {
        OfThread thread = current();
        UnderWay flush = thread.innermost;
        if (flush == null) {
            return null;
        }
        thread.innermost = flush.outer;
        flush.event.end();
        if (!flush.event.shouldCommit() || !describe(flush.event, flush.kind, flush.values)) {
            return null;
        }
        flush.event.failed = failed;
        measure(flush);
        return flush.event;
    }

    /** Asks the replay; what the program waits stands in proportion to what the flush took. */
    private void measure(UnderWay flush) {
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
        FlushEvent event = new FlushEvent();
        return event.shouldCommit() && describe(event, FlushEvent.LINES, values) ? event : null;
    }

    /** @return false where it is of nothing mapped */
    private boolean describe(FlushEvent event, String kind, long[] values) {
        event.kind = kind;
        event.location = runtime.place((int) values[0]);
        if (kind.equals(FlushEvent.FILE)) {
            event.path = files.path(values[1], values[2]);
            return event.path != null;
        }
        Mapping mapping = files.at(values[1]);
        if (mapping == null) {
            return false;
        }
        event.path = mapping.path();
        event.offset = mapping.offsetOf(values[1]);
        event.size = values[2];
        return true;
    }
}
