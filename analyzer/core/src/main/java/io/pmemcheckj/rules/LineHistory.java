package io.pmemcheckj.rules;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.RecentFlushes;
import io.pmemcheckj.replay.RecentStores;
import io.pmemcheckj.replay.Replayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is still known of how bytes came to be as they are now: who stored those that are not persistent, and the latest
 * flushes and fences that concern them. Made when a finding is, and for nothing else, so that following the program costs
 * nothing.
 *
 * <p>The memory has no times. But a flush covers what was stored before it and not what came after, which gives the order
 * of stores and flushes; stores between two flushes stand in the order in which a thread remembers them, else by place.
 */
final class LineHistory {
    /** More of a range than this is not looked at: a flush can cover gigabytes. */
    private static final long LOOKED_AT = 4096;

    private static final int MOST_STORES = 12;
    private static final int MOST_FLUSHES = 8;

    /** Bytes of one owner, in one state. */
    private record Pending(int owner, PendingState state, int flushSite, long line, long start, long end) {}

    /** @param covers whether the event begins to write back some of the bytes */
    private record Known(Moment moment, int site, boolean covers) {}

    private final FindingBook book;
    private final Replayer replayer;
    private final Segment segment;
    private final long start;
    private final long end;

    private LineHistory(FindingBook book, Segment segment, long start, long end) {
        this.book = book;
        this.replayer = book.replayer();
        this.segment = segment;
        this.start = start & -64;
        this.end = Math.min(end + 63 & -64, this.start + LOOKED_AT);
    }

    /** What is known of the lines that hold [start, end). */
    static List<Moment> of(FindingBook book, Segment segment, long start, long end) {
        return new LineHistory(book, segment, start, end).moments();
    }

    private List<Moment> moments() {
        List<Known> flushes = flushes();
        List<Pending> pending = pending();
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < flushes.size(); i++) {
            int next = i;
            if (flushes.get(i).covers) {
                pending.removeIf(store -> store.state != PendingState.DIRTY
                        && coveredBy(flushes, store) == next
                        && moments.add(stored(store)));
            }
            moments.add(flushes.get(i).moment);
        }
        int unknown = 0;
        for (Pending store : pending) {
            boolean flushed = store.state != PendingState.DIRTY && store.flushSite != site(store);
            moments.add(flushed ? unknown++ : moments.size(), stored(store));
            if (flushed) { // so long ago that only the memory knows
                moments.add(unknown++, flushOf(store));
            }
        }
        return moments;
    }

    /** The latest of the flushes that brought the bytes into their state, -1 if it is not known any more. */
    private static int coveredBy(List<Known> flushes, Pending store) {
        for (int i = flushes.size() - 1; i >= 0; i--) {
            if (flushes.get(i).covers && flushes.get(i).site == store.flushSite) {
                return i;
            }
        }
        return -1;
    }

    private int site(Pending store) {
        return book.owners().site(store.owner);
    }

    private Moment stored(Pending store) {
        boolean pastCaches = store.state == PendingState.FLUSHED && store.flushSite == site(store);
        return moment(
                pastCaches ? Moment.STORED_PAST_CACHES : Moment.STORED,
                book.stored(store.owner).location(),
                book.owners().thread(store.owner),
                store.start,
                store.end);
    }

    private Moment flushOf(Pending store) {
        long mask = ByteSet.maskOf(store.line, store.start, store.end);
        int flusher = replayer.memory().flusher(segment, store.line, mask);
        return moment(
                store.state == PendingState.FAILED ? Moment.FLUSH_FAILED : Moment.FLUSHED,
                book.place(store.flushSite).location(),
                flusher < 0 ? FindingBook.NO_THREAD : flusher,
                store.line << 6,
                store.line + 1 << 6);
    }

    private Moment moment(String event, Location at, int thread, long from, long to) {
        return new Moment(event, at, thread, from - segment.bias(), to - from);
    }

    private List<Pending> pending() {
        List<Pending> pending = new ArrayList<>();
        replayer.memory().forEachPending(segment, start, end, (seg, line, mask, owner, state, flushSite) -> {
            if (pending.size() < MOST_STORES) {
                Masks.forEachRun(line, mask, (from, to) -> add(pending, owner, state, flushSite, line, from, to));
            }
        });
        pending.sort(Comparator.comparingLong(this::number));
        return pending;
    }

    /** Joins what one store, or a row of them, left in neighbouring lines. */
    private static void add(
            List<Pending> all, int owner, PendingState state, int flushSite, long line, long from, long to) {
        Pending last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (last != null
                && last.end == from
                && last.owner == owner
                && last.state == state
                && last.flushSite == flushSite) {
            all.set(all.size() - 1, new Pending(owner, state, flushSite, last.line, last.start, to));
        } else {
            all.add(new Pending(owner, state, flushSite, line, from, to));
        }
    }

    /** When its thread stored it, in stores of that thread; -1 for long ago. */
    private long number(Pending store) {
        RecentStores recent = replayer.recentStores(book.owners().thread(store.owner));
        for (long i = recent.next() - 1; i >= recent.first(); i--) {
            if (recent.owner(i) == store.owner
                    && recent.segment(i) == segment
                    && recent.start(i) < store.end
                    && store.start < recent.end(i)) {
                return i;
            }
        }
        return -1;
    }

    private List<Known> flushes() {
        List<Known> known = new ArrayList<>();
        Set<Integer> unfenced = new HashSet<>();
        Set<Integer> forcing = new HashSet<>();
        replayer.recentFlushes().forEach((kind, thread, site, in, from, to) -> {
            boolean covers = in == segment.id() && from < end && start < to;
            switch (kind) {
                case FLUSHED -> {
                    if (covers) {
                        unfenced.add(thread);
                        known.add(flush(Moment.FLUSHED, site, thread, from, to));
                    }
                }
                case FORCE_BEGAN -> {
                    if (covers) {
                        forcing.add(thread);
                        known.add(flush(Moment.FORCE_BEGAN, site, thread, from, to));
                    }
                }
                case FENCED -> {
                    if (unfenced.remove(thread)) {
                        known.add(event(Moment.FENCED, site, thread));
                    } else if (!unfenced.isEmpty()) {
                        known.removeIf(other -> other.moment.event().equals(Moment.FENCED_ELSEWHERE));
                        known.add(event(Moment.FENCED_ELSEWHERE, site, thread));
                    }
                }
                case FORCE_ENDED, FORCE_FAILED -> {
                    if (forcing.remove(thread)) {
                        endForce(known, kind == RecentFlushes.Kind.FORCE_ENDED, site, thread);
                    }
                }
            }
        });
        return known.subList(Math.max(0, known.size() - MOST_FLUSHES), known.size());
    }

    /** A force that nothing interrupts is one event. */
    private void endForce(List<Known> known, boolean succeeded, int site, int thread) {
        String event = succeeded ? Moment.FORCED : Moment.FORCE_FAILED;
        Known last = known.isEmpty() ? null : known.get(known.size() - 1);
        if (last != null && last.moment.event().equals(Moment.FORCE_BEGAN) && last.moment.thread() == thread) {
            known.set(known.size() - 1, new Known(last.moment.as(event), last.site, true));
        } else {
            known.add(event(event, site, thread));
        }
    }

    private Known flush(String event, int site, int thread, long from, long to) {
        long until = to == Long.MAX_VALUE ? segment.bias() + segment.size() : to;
        return new Known(moment(event, book.place(site).location(), thread, from, until), site, true);
    }

    private Known event(String event, int site, int thread) {
        return new Known(Moment.at(event, book.place(site), thread), site, false);
    }
}
