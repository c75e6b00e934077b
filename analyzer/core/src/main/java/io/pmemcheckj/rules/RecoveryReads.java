package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.PreviousRun;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.memory.Owners;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Places;
import io.pmemcheckj.replay.StoreHistory;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads of what the run before left, as a recovery makes them: bytes that it never made persistent, and bytes that were not
 * persistent yet when it stored the value which this run looked at first, to decide. Both are there now; after a power
 * failure they need not be. The idea is that of XFDetector (ASPLOS 2020).
 *
 * <p>What decides is a load of at most 8 bytes whose value reaches a branch of the program. What was stored after the
 * deciding value is not guarded by it.
 */
final class RecoveryReads extends Rule {
    private static final String STORED = "stored here, in the run before";
    private static final String GUARD = "the deciding value was stored here, in the run before";
    private static final String DECIDED = "decided here";
    private final PreviousRun previous;
    private final StoreHistory history;
    private final Map<Segment, Segment> segmentsBefore = new HashMap<>();
    private final Guards guards;

    RecoveryReads(FindingBook book, PreviousRun previous) {
        super("unpersisted-read", book);
        this.previous = previous;
        history = previous.history();
        guards = new Guards(history);
    }

    @Override
    public void loadsCome() {
        book.replayer().watchLoads(this);
        book.replayer().watchStores(this); // so that it is known what this run stored itself
    }

    @Override
    public void loaded(int thread, int site, Segment segment, long start, long end) {
        Segment before = segmentsBefore.computeIfAbsent(
                segment, key -> previous.segment(book.replayer().file(key)));
        if (before == null) {
            return;
        }
        Masks.forEachLine(start, end, (line, mask) -> {
            long old = mask & ~segment.everStored(line);
            if (old != 0) {
                history.forEach(
                        before,
                        line,
                        old,
                        (bytes, owner, stored, persisted) ->
                                judge(thread, site, segment, before, line, bytes, owner, stored, persisted));
            }
        });
        if (book.replayer().places().decides(site)) {
            guards.decides(thread, site, before, start, end);
        }
    }

    private void judge(
            int thread,
            int site,
            Segment segment,
            Segment before,
            long line,
            long mask,
            int owner,
            int stored,
            int persisted) {
        long pending = previous.replayer().memory().pendingMask(before, line) & mask;
        if (pending != 0) {
            report(thread, site, segment, line, pending, new Related(STORED, placeBefore(owner)));
        }
        Guards.Guard guard = pending == mask ? null : guards.unordered(thread, before, line, stored, persisted);
        if (guard != null) {
            report(
                    thread,
                    site,
                    segment,
                    line,
                    mask & ~pending,
                    new Related(STORED, placeBefore(owner)),
                    new Related(GUARD, placeBefore(guard.owner(history))),
                    related(DECIDED, guard.site()));
        }
    }

    private void report(int thread, int site, Segment segment, long line, long mask, Related... related) {
        FindingGroup group = book.group(this, thread, book.place(site), related);
        group.count(1);
        Masks.forEachRun(line, mask, (from, to) -> group.addBytes(segment, from, to));
    }

    private Place placeBefore(int owner) {
        if (owner == 0) {
            return new Place(Location.UNKNOWN, 0, false, previous.replayer().places());
        }
        Owners owners = previous.replayer().memory().owners();
        Places places = previous.replayer().places();
        int stack = owners.stack(owner);
        boolean own = stack != 0;
        int shown = own ? stack : places.stackOf(owners.site(owner));
        return new Place(places.nearest(owners.site(owner), shown), shown, own, places);
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        List<Moment> moments = new ArrayList<>();
        for (Related half : group.related) {
            boolean read = half.role().equals(DECIDED);
            moments.add(Moment.at(
                    read ? Moment.READ : "stored in the run before",
                    half.place(),
                    read ? group.thread : FindingBook.NO_THREAD));
        }
        moments.add(happened(Moment.READ, group));
        return moments;
    }

    @Override
    String message(FindingGroup group) {
        String stored = group.related.get(0).place().location().toString();
        String head = group.bytesOfFile() + " were read here, which the run before stored at " + stored;
        return group.related.size() == 1
                ? head + " and never made persistent; a power failure could have lost them."
                : head + " and had not made persistent when it stored, at "
                        + group.related.get(1).place().location() + ", what was looked at first to decide on this"
                        + " read; a power failure could have left that one without these.";
    }

    @Override
    String fix(FindingGroup group) {
        String stored = group.related.get(0).place().location().toString();
        return group.related.size() == 1
                ? "Flush and fence what is stored at " + stored + ", or let recovery not rely on it."
                : "Flush and fence what is stored at " + stored + " before the store at "
                        + group.related.get(1).place().location() + ".";
    }
}
