package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.FlushBatch;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.ThreadState.Force;

/** Applies flushes, fences and forces to the memory. */
final class Flusher {
    private static final long LINE = 64;

    private final PersistentMemory memory;
    private final Mappings mappings;
    private final Watchers watchers;
    private final TraceFacts facts;
    private final FlushEvent flushEvent = new FlushEvent();
    private long flushes;
    private long fences;
    private long lines;
    private long dirtyLines;
    private final RecentFlushes recent = new RecentFlushes();
    private StoreFollower follower;

    Flusher(PersistentMemory memory, Mappings mappings, Watchers watchers, TraceFacts facts) {
        this.memory = memory;
        this.mappings = mappings;
        this.watchers = watchers;
        this.facts = facts;
    }

    void follow(StoreFollower newFollower) {
        follower = newFollower;
    }

    RecentFlushes recent() {
        return recent;
    }

    /** Number of flushes, forces included. */
    long flushes() {
        return flushes;
    }

    /** Number of lines in the ranges flushed, rounded as the domain does it; forces of whole files name no range. */
    long lines() {
        return lines;
    }

    /** Lines among them with bytes that were not flushed. */
    long dirtyLines() {
        return dirtyLines;
    }

    /** Number of fences, those of forces included. */
    long fences() {
        return fences;
    }

    void flush(ThreadState thread, int site, long address, long length) {
        if (length > 0) {
            thread.flushedSinceFence = true;
            flushRange(thread, site, address, length, thread.flushed, FlushEvent.Kind.LINES);
        }
    }

    /** @return the first segment touched, or null if the range touches none */
    private Segment flushRange(
            ThreadState thread, int site, long address, long length, FlushBatch batch, FlushEvent.Kind kind) {
        thread.flushLines = 0;
        long end = address + length;
        int first = mappings.indexOf(address);
        if (!mappings.isBelow(first, end)) {
            return null;
        }
        memory.startFlush();
        FlushBatch earlier = batch == thread.flushed ? null : thread.flushed;
        for (int i = first; mappings.isBelow(i, end); i++) {
            Segment segment = mappings.segment(i);
            long unit =
                    kind == FlushEvent.Kind.FORCE && segment.domain() == Domain.PAGE_CACHE ? facts.pageSize() : LINE;
            long from = mappings.position(i, Math.max(address, mappings.start(i)));
            long to = mappings.position(i, Math.min(end, mappings.end(i)));
            long start = from & -unit;
            long roundedEnd = (to + unit - 1) & -unit;
            memory.flush(segment, start, roundedEnd, batch, earlier, site);
            recent.add(began(batch, thread), thread.id, site, segment.id(), start, roundedEnd);
        }
        flushes++;
        lines += memory.coveredLines();
        dirtyLines += memory.dirtyLines();
        remember(thread, memory.coveredLines());
        Segment segment = mappings.segment(first);
        if (watchers.hearFlushes() && thread.internal == 0) {
            long from = Math.max(address, mappings.start(first));
            long covered = Math.min(end, mappings.end(first)) - from;
            announceFlush(kind, thread, site, segment, mappings.position(first, from), covered);
        }
        return segment;
    }

    private void remember(ThreadState thread, long covered) {
        thread.flushLines = covered;
        thread.flushLinesDirty = memory.dirtyLines();
        thread.flushBytesDirty = memory.dirtyBytes();
    }

    private static RecentFlushes.Kind began(FlushBatch batch, ThreadState thread) {
        return batch == thread.flushed ? RecentFlushes.Kind.FLUSHED : RecentFlushes.Kind.FORCE_BEGAN;
    }

    private void announceFlush(
            FlushEvent.Kind kind, ThreadState thread, int site, Segment segment, long start, long length) {
        FlushEvent event = flushEvent;
        event.kind = kind;
        event.thread = thread.id;
        event.site = site;
        event.segment = segment;
        event.start = start;
        event.length = length;
        event.coveredLines = memory.coveredLines();
        event.dirtyLines = memory.dirtyLines();
        event.dirtyBytes = memory.dirtyBytes();
        event.newlyCoveredBytes = memory.newlyCoveredBytes();
        watchers.flushed(event);
    }

    void fence(ThreadState thread, int site, boolean explicit) {
        boolean ordersNothing = !thread.flushedSinceFence;
        if (explicit || !ordersNothing) {
            fences++;
            recent.add(RecentFlushes.Kind.FENCED, thread.id, site);
            if (thread.internal == 0) {
                watchers.fenced(thread.id, site, explicit, ordersNothing);
            }
            completeFlushes(thread);
            if (!ordersNothing) {
                announceDurability(thread);
            }
        }
    }

    private void announceDurability(ThreadState thread) {
        if (follower != null && thread.internal == 0) {
            follower.epochEnds(thread.id, thread.recent);
            thread.recent.endEpoch();
        }
    }

    private void completeFlushes(ThreadState thread) {
        memory.complete(thread.flushed);
        thread.flushedSinceFence = false;
    }

    /** A force of a range begins. */
    Force beginForce(ThreadState thread, int site, long address, long length) {
        Force force = thread.beginForce(site, memory);
        if (length > 0) {
            Segment segment = flushRange(thread, site, address, length, force.batch, FlushEvent.Kind.FORCE);
            if (segment != null) {
                force.counts = true;
                force.segment = segment.id();
                force.fences = segment.domain() != Domain.PAGE_CACHE;
            }
        }
        return force;
    }

    /** A write-back of lines begins that lasts, like a force, until it has waited for them. */
    void beginPersist(ThreadState thread, int site, long address, long length) {
        Force force = thread.beginForce(site, memory);
        force.fences = true;
        force.changesBefore = 0; // it says nothing of the file's metadata
        force.counts =
                length > 0 && flushRange(thread, site, address, length, force.batch, FlushEvent.Kind.LINES) != null;
    }

    /**
     * A force of a whole file begins.
     *
     * @param segment what it is or was mapped as, or null
     */
    Force beginForce(ThreadState thread, int site, Segment segment) {
        Force force = thread.beginForce(site, memory);
        thread.flushLines = 0;
        if (segment != null) {
            flushes++;
            force.counts = true;
            memory.startFlush();
            memory.flushAll(segment, force.batch, thread.flushed, site);
            remember(thread, (segment.size() + LINE - 1) / LINE);
            recent.add(RecentFlushes.Kind.FORCE_BEGAN, thread.id, site, segment.id(), 0, Long.MAX_VALUE);
        }
        return force;
    }

    /** Ends the thread's innermost force. @return it, if there was one and it did not fail, else null */
    Force endForce(ThreadState thread, boolean failed) {
        Force force = thread.endForce();
        if (force == null) {
            return null;
        }
        if (force.counts) {
            fences++;
            recent.add(
                    failed ? RecentFlushes.Kind.FORCE_FAILED : RecentFlushes.Kind.FORCE_ENDED, thread.id, force.site);
        }
        if (failed) {
            memory.fail(force.batch, force.site);
            return null;
        }
        watchers.acts(thread.id, force.site);
        memory.complete(force.batch);
        if (force.fences) {
            if (thread.flushedSinceFence) {
                recent.add(RecentFlushes.Kind.FENCED, thread.id, force.site);
            }
            completeFlushes(thread);
        }
        if (force.counts) {
            announceDurability(thread);
        }
        return force;
    }
}
