package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.OrderHabits;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.LongMap;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.RecentStores;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.rules.Habit.Break;
import java.util.ArrayList;
import java.util.Arrays;
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
 * it cannot be lost alone.
 *
 * <p>Silent about what is stored in transactions, which undo it, and about data that recovery checks. What happens before the
 * first commit of a kind is not judged, and of the stores before a commit only the latest are remembered.
 */
final class SuspiciousOrder extends Rule implements Epochs.Follower {
    private static final String DATA = "not persistent yet, stored here";
    private static final int MOST_PLACES = 1 << 14;

    private final PersistentMemory memory;
    private final OrderHabits habits;
    private final ByteSet checksummed = new ByteSet();

    private Habit[] bySite = new Habit[256];
    private final List<Habit> ofPlaces = new ArrayList<>();
    /** Indexes in them, plus 1. */
    private final LongMap byPlace = new LongMap();

    private final Map<FindingGroup, String> statistics = new HashMap<>();

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
        long key = key(value.segment(), value.start());
        long place = byPlace.get(key);
        if (place == 0 && ofPlaces.size() < MOST_PLACES) {
            ofPlaces.add(new Habit());
            place = ofPlaces.size();
            byPlace.put(key, place);
            book.epochs().attention().toUnit(value.start());
        }
        if (place > 0) {
            ofPlaces.get((int) place - 1).committed();
        }
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
        habit.storing();
        long after = Math.max(habit.latest(store.thread()), before.first() - 1);
        for (long number = before.next() - 1; number > after; number--) {
            Segment segment = before.segment(number);
            if (segment == store.segment()
                    && before.start(number) < store.end()
                    && before.end(number) > store.start()) {
                continue; // the same value before
            }
            boolean broken = isPending(segment, before, number, store);
            Break at = broken
                    ? new Break(store.owner(), before.owner(number), store.segment(), store.start(), store.end())
                    : null;
            habit.data(book.owners().site(before.owner(number)), at);
            if (segment == store.segment()) {
                habit.data(Habit.ALL_SITES, at);
            }
        }
        habit.setLatest(store.thread(), before.next());
    }

    /** Whether a crash can lose the data and keep the commit store. */
    private boolean isPending(Segment segment, RecentStores before, long number, StoreEvent commit) {
        long commitLine =
                segment == commit.segment() && segment.domain() == Domain.ADR ? commit.start() >> 6 : Long.MIN_VALUE;
        long start = before.start(number);
        long end = before.end(number);
        for (long line = start >> 6; line << 6 < end; line++) {
            long mask = memory.pendingMask(segment, line)
                    & ByteSet.maskOf(line, start, end)
                    & ~checksummed.mask(segment.id(), line);
            if (mask != 0 && line != commitLine && isOf(segment, line, mask, before.owner(number))) {
                return true;
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
        Set<Long> told = new HashSet<>();
        for (Habit habit : bySite) {
            if (habit != null) {
                report(habit, told);
            }
        }
        ofPlaces.forEach(habit -> report(habit, told));
    }

    private void report(Habit habit, Set<Long> told) {
        habit.kinds().forEach((site, kind) -> {
            if (!kind.breaks.isEmpty() && habit.isKept(kind, habits)) {
                List<Break> news = kind.breaks.stream()
                        .filter(broken -> !told.contains(pair(broken)))
                        .toList();
                for (Break broken : news) {
                    report(kind, broken, site == Habit.ALL_SITES);
                    told.add(pair(broken)); // the same break, seen as one of another habit, says nothing new
                }
            }
        });
    }

    /** The sites of both stores. */
    private long pair(Break broken) {
        return (long) book.owners().site(broken.commitOwner()) << 32
                | book.owners().site(broken.dataOwner());
    }

    private void report(Habit.Kind kind, Break broken, boolean all) {
        FindingGroup group = book.group(
                this,
                book.owners().thread(broken.commitOwner()),
                book.stored(broken.commitOwner()),
                relatedStore(DATA, broken.dataOwner()));
        group.count(1);
        group.addBytes(broken.segment(), broken.start(), broken.end());
        statistics.putIfAbsent(
                group,
                "in " + kind.durable() + " of " + kind.met() + " such commits "
                        + (all ? "all that the thread had stored to the file since the one before" : "it")
                        + " was persistent first");
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
