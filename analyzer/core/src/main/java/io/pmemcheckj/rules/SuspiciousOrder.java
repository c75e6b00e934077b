package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.OrderHabits;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.LongMap;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.RecentStores;
import io.pmemcheckj.replay.StoreEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A commit store made while data was not durable that is, by habit, durable before commit stores of this kind.
 *
 * <p>Commit stores are found, not declared: one whole value made durable by itself, after other stores (see
 * {@link Epochs}). From then on all small stores to the same 8 bytes, and all by the same site, are looked at when they are
 * made: a log has its head in one place, slots have their flags set by one site. What the thread stored since its commit
 * store before, and which of it is not durable yet, is counted for each site of data, and for all data in the same file
 * together, as a path seldom taken has sites of its own. In {@code adr} memory, data in the same line counts as durable:
 * it cannot be lost alone. A break counts when the data is durable soon after: data that stays behind is flushed at leisure,
 * or never, which other rules tell.
 *
 * <p>Silent about what is stored in transactions, which undo it, and about data that recovery checks. What happens before the
 * first commit of a kind is not judged, and of the stores before a commit only the latest are remembered.
 */
final class SuspiciousOrder extends Rule implements Epochs.Follower {
    private static final String DATA = "not persistent yet, stored here";
    private static final int MOST_PLACES = 1 << 12;
    private static final int MOST_WAITING = 256;
    private static final int MOST_BREAKS = 1 << 16;
    /** Data that is not durable so many epochs after the commit was forgotten, or is flushed at leisure. */
    private static final int SOON = 2;

    private final PersistentMemory memory;
    private final OrderHabits habits;
    private final ByteSet checksummed = new ByteSet();

    private Habit[] bySite = new Habit[256];
    private final List<Habit> ofPlaces = new ArrayList<>();
    /** Indexes in them, plus 1. */
    private final LongMap byPlace = new LongMap();

    /** Keys of places, plus 1, each at a slot that others can take. */
    private final long[] committedOnce = new long[1 << 12];

    /** Breaks whose data is not durable yet. */
    private final List<Break> waiting = new ArrayList<>();

    private final List<Break> breaks = new ArrayList<>();
    private final Map<FindingGroup, String> statistics = new HashMap<>();

    /**
     * A commit store made while data was not durable.
     *
     * @param all whether it is a break for all data together
     * @param commit number of the store among its thread's
     */
    private record Break(
            Habit habit,
            Habit.Kind kind,
            boolean all,
            int thread,
            long epoch,
            long commit,
            int commitOwner,
            Segment segment,
            long start,
            long end,
            int dataOwner,
            Segment dataSegment,
            long dataStart,
            long dataEnd) {}

    SuspiciousOrder(FindingBook book, OrderHabits habits) {
        super("suspicious-order", book);
        memory = book.replayer().memory();
        this.habits = habits;
        book.epochs().add(this);
    }

    @Override
    public void checksummed(Segment segment, long start, long end) {
        checksummed.add(segment.id(), start, end);
    }

    @Override
    public void storing(StoreEvent store, RecentStores before) {
        if (store.end() - store.start() > Epochs.UNIT
                || book.replayer().transactions().include(store)) {
            return;
        }
        int site = store.site();
        if (site > 0 && site < bySite.length && bySite[site] != null) {
            look(bySite[site], store, before);
        }
        long place = byPlace.get(key(store.segment(), store.start()));
        if (place > 0) {
            look(ofPlaces.get((int) place - 1), store, before);
        }
    }

    private static long key(Segment segment, long position) {
        return (long) segment.id() << 44 | position / Epochs.UNIT;
    }

    @Override
    public void committed(Epochs.Value value) {
        if (!value.isWhole()) {
            return;
        }
        int site = book.owners().site(value.owner());
        if (site > 0) {
            habitOf(site).committed();
        }
        if (value.segment().isPool()) {
            return; // an allocator uses places for this and that
        }
        long key = key(value.segment(), value.start());
        long place = byPlace.get(key);
        if (place == 0 && isSecondAt(key) && ofPlaces.size() < MOST_PLACES) {
            ofPlaces.add(new Habit());
            place = ofPlaces.size();
            byPlace.put(key, place);
            book.epochs().attention().toUnit(value.start());
        }
        if (place > 0) {
            ofPlaces.get((int) place - 1).committed();
        }
    }

    /** Places committed to only once, such as those of a log's entries, would be too many to remember. */
    private boolean isSecondAt(long key) {
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 52);
        boolean second = committedOnce[slot] == key + 1;
        committedOnce[slot] = key + 1;
        return second;
    }

    private Habit habitOf(int site) {
        if (site >= bySite.length) {
            bySite = Arrays.copyOf(bySite, Math.max(site + 1, 2 * bySite.length));
        }
        if (bySite[site] == null) {
            bySite[site] = new Habit();
            book.epochs().attention().toSite(site);
        }
        return bySite[site];
    }

    private void look(Habit habit, StoreEvent store, RecentStores before) {
        if (habit.storing()) {
            long after = Math.max(habit.latest(store.thread()), before.first() - 1);
            for (long number = before.next() - 1; number > after; number--) {
                look(habit, store, before, number);
            }
        }
        habit.setLatest(store.thread(), before.next());
    }

    private void look(Habit habit, StoreEvent store, RecentStores before, long number) {
        Segment segment = before.segment(number);
        int site = book.owners().site(before.owner(number));
        if (site == store.site() && segment.isPool()) {
            return; // one call of a library stores all sorts of things
        }
        if (segment == store.segment() && before.start(number) < store.end() && before.end(number) > store.start()) {
            return; // the same value before
        }
        boolean durable = !isPending(segment, before, number, store);
        note(habit, habit.data(site, durable), false, store, before, number);
        if (segment == store.segment()) {
            note(habit, habit.data(Habit.ALL_SITES, durable), true, store, before, number);
        }
    }

    private void note(Habit habit, Habit.Kind kind, boolean all, StoreEvent store, RecentStores before, long number) {
        if (kind != null && waiting.size() < MOST_WAITING) {
            waiting.add(new Break(
                    habit,
                    kind,
                    all,
                    store.thread(),
                    before.epoch(),
                    before.next(),
                    store.owner(),
                    store.segment(),
                    store.start(),
                    store.end(),
                    before.owner(number),
                    before.segment(number),
                    before.start(number),
                    before.end(number)));
        }
    }

    @Override
    public void epochEnded(int thread, long epoch) {
        if (!waiting.isEmpty()) {
            waiting.removeIf(broken -> broken.thread == thread && decide(broken, epoch));
        }
    }

    /** @return whether it is decided if the data becomes durable soon */
    private boolean decide(Break broken, long epoch) {
        if (!isPending(broken.dataSegment, broken.dataStart, broken.dataEnd, broken.dataOwner)) {
            if (breaks.size() < MOST_BREAKS) {
                breaks.add(broken);
            }
            return true;
        }
        return epoch > broken.epoch + SOON;
    }

    /** Whether a crash can lose the data and keep the commit store. */
    private boolean isPending(Segment segment, RecentStores before, long number, StoreEvent commit) {
        long start = before.start(number);
        long end = before.end(number);
        boolean sameLine = segment == commit.segment()
                && segment.domain() == Domain.ADR
                && start >> 6 == commit.start() >> 6
                && end - 1 >> 6 == commit.start() >> 6;
        return !sameLine && isPending(segment, start, end, before.owner(number));
    }

    private boolean isPending(Segment segment, long start, long end, int owner) {
        for (long line = start >> 6; line << 6 < end; line++) {
            long mask = memory.pendingMask(segment, line);
            if (mask != 0) {
                mask &= ByteSet.maskOf(line, start, end) & ~checksummed.mask(segment.id(), line);
                if (mask != 0 && isOf(segment, line, mask, owner)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isOf(Segment segment, long line, long bytes, int expected) {
        boolean[] found = new boolean[1];
        memory.forEachPending(
                segment,
                line << 6,
                line + 1 << 6,
                (seg, at, mask, owner, state, flush) -> found[0] |= (mask & bytes) != 0 && owner == expected);
        return found[0];
    }

    @Override
    public void ended() {
        breaks.removeIf(broken -> !broken.habit.isKept(broken.kind, habits));
        breaks.sort(Comparator.comparing(broken -> broken.all)); // what is known of a site says more
        Set<List<Object>> told = new HashSet<>();
        for (Break broken : breaks) {
            boolean first = told.add(List.of(broken.thread, broken.commit));
            boolean firstOfData = told.add(List.of(broken.thread, broken.commit, broken.dataOwner));
            if (broken.all ? first : firstOfData) {
                report(broken);
            }
        }
    }

    private void report(Break broken) {
        FindingGroup group =
                book.group(this, broken.thread, book.stored(broken.commitOwner), relatedStore(DATA, broken.dataOwner));
        group.count(1);
        group.addBytes(broken.segment, broken.start, broken.end);
        statistics.putIfAbsent(
                group,
                "in " + broken.kind.durable() + " of " + broken.kind.met() + " such commits "
                        + (broken.all ? "all that the thread had stored to the file since the one before" : "it")
                        + " was persistent first");
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return List.of(
                Moment.at(Moment.STORED, group.related.get(0).place(), group.thread), happened(Moment.STORED, group));
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile()
                + ", which usually commit what was stored before, were stored here while what was stored at "
                + group.related.get(0).place().location() + " was not persistent; " + statistics.get(group) + ".";
    }

    @Override
    String fix(FindingGroup group) {
        return "If recovery relies on this order, flush and fence what is stored at "
                + group.related.get(0).place().location()
                + " before this store, and declare it with PmemCheck.expectOrdered; else switch the rule off for it.";
    }
}
