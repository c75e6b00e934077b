package io.pmemcheckj.rules;

import io.pmemcheckj.findings.Severity;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.RecentStores;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.replay.Transactions;
import io.pmemcheckj.trace.StoreKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One store that a crash can leave half done, where a reader would see the half.
 *
 * <p>Of stores that are not declared to change as one, a finding is only what nothing else makes invisible. A store across
 * the units of its domain is a candidate
 * <ul>
 *   <li>if it is one value over bytes that were durable, and not a part of a record: records, which are stored as a whole,
 *       can carry a checksum, and what was never stored before is nothing that a reader relies on; or
 *   <li>if it is a value made durable by itself after a group of stores was: then it is what makes the group valid.
 * </ul>
 * It is dropped where a transaction can undo it, where recovery is declared to detect it, and where the same thread, having
 * made it durable, goes on to commit: makes one whole value durable by itself. A candidate that itself looks like a commit
 * is dropped only by one that replaces a durable value, as what is appended after it is more likely the next group. What
 * is left counts when the bytes are stored again, or the run ends, after they were durable; and not at all if the same
 * code was seen to commit properly elsewhere in the run (by a value in another file: at least as often as it was not). Missed for it: a torn head whose groups are single values in
 * place.
 */
final class TornStore extends Rule implements Epochs.Follower {
    private static final String DECLARED = "declared atomic here";
    /** More are not kept: the program makes nothing durable, or rarely, and another rule says so. */
    private static final int MOST_CANDIDATES = 256;

    private final PersistentMemory memory;
    private final AtomicRanges atomic = new AtomicRanges();
    private final ByteSet checksummed = new ByteSet();
    /** Handed out by an allocator and not stored to in a way that matters here. */
    private final ByteSet allocated = new ByteSet();

    private final List<Candidate> candidates = new ArrayList<>();
    /** Bytes of candidates, and those beside them; a few too many or too few do not matter. */
    private final ByteSet watched = new ByteSet();

    private final Map<Integer, Case> cases = new LinkedHashMap<>();
    private final Set<Integer> committedSites = new HashSet<>();
    /** By site: how often a value in another file was made durable later, which may commit it or have nothing to do with it. */
    private final Map<Integer, Long> committedElsewhere = new HashMap<>();

    private final Map<FindingGroup, StoreKind> kinds = new HashMap<>();

    /** A store that can tear. */
    private static final class Candidate {
        final int thread;
        final long epoch;
        final int owner;
        final int site;
        final StoreKind kind;
        final Segment segment;
        final long start;
        final long end;
        final boolean inPlace;
        /** Whether its thread stored nothing else in its epoch; known when that ends. */
        boolean alone;

        Candidate(StoreEvent store, RecentStores before, boolean inPlace) {
            this.thread = store.thread();
            this.epoch = before.epoch();
            this.owner = store.owner();
            this.site = store.site();
            this.kind = store.kind();
            this.segment = store.segment();
            this.start = store.start();
            this.end = store.end();
            this.inPlace = inPlace;
        }

        boolean overlaps(Segment other, long from, long to) {
            return other == segment && from < end && to > start;
        }

        boolean adjoins(StoreEvent store) {
            return store.segment() == segment && (store.start() == end || store.end() == start);
        }
    }

    /** What one site did. */
    private record Case(Candidate first, ByteSet bytes, long[] count) {}

    TornStore(FindingBook book) {
        super("torn-store", book);
        memory = book.replayer().memory();
        book.epochs().add(this);
    }

    @Override
    public void atomicDeclared(int thread, int site, Segment segment, long start, long end) {
        atomic.declare(segment, start, end, site);
        book.epochs().attention().toEverything(true);
    }

    @Override
    public void checksummed(Segment segment, long start, long end) {
        checksummed.add(segment.id(), start, end);
    }

    @Override
    public void allocated(Segment segment, long start, long end) {
        allocated.add(segment.id(), start, end);
        if (watched.intersects(segment.id(), start, end)) {
            candidates.removeIf(candidate -> candidate.overlaps(segment, start, end));
        }
    }

    @Override
    public void storing(StoreEvent store, RecentStores before) {
        if (!atomic.isEmpty()) {
            checkDeclared(store, before);
        }
        if (!candidates.isEmpty() && watched.intersects(store.segment().id(), store.start(), store.end())) {
            revisit(store, before);
        }
        long length = store.end() - store.start();
        if (length <= RecentStores.LARGEST_VALUE
                && (length > Epochs.UNIT || (store.start() & length - 1) != 0) // quicker for most
                && length == store.size()
                && Epochs.tears(store.segment().domain(), store.start(), store.end())) {
            consider(store, before);
        }
    }

    private void consider(StoreEvent store, RecentStores before) {
        Segment segment = store.segment();
        boolean fresh = allocated.intersects(segment.id(), store.start(), store.end());
        if (fresh) {
            allocated.remove(segment.id(), store.start(), store.end());
        }
        boolean inPlace = !fresh && RecentStores.isInPlace(memory, segment, store.start(), store.end());
        boolean canCommit = Epochs.canCommit(before, store.size());
        boolean bulk = store.size() > Epochs.UNIT;
        if ((bulk ? inPlace && canCommit : inPlace || canCommit)
                && memory.pendingBytes(segment, store.start(), store.end()) == 0
                && candidates.size() < MOST_CANDIDATES
                && !continuesRecord(store, before)
                && !isHarmless(store)) {
            candidates.add(new Candidate(store, before, inPlace && !bulk));
            watched.add(segment.id(), Math.max(0, store.start() - 1), store.end() + 1);
            for (long position = store.start() - 1; position <= store.end() + Epochs.UNIT; position += Epochs.UNIT) {
                book.epochs().attention().toUnit(position);
            }
        }
    }

    /** Whether recovery undoes the store or detects what is wrong with it, or should, and another rule says so. */
    private boolean isHarmless(StoreEvent store) {
        Transactions transactions = book.replayer().transactions();
        int segment = store.segment().id();
        return transactions.logged().intersects(segment, store.start(), store.end())
                || transactions.undoLogs().transactional().intersects(segment, store.start(), store.end())
                || checksummed.intersects(segment, store.start(), store.end())
                || book.replayer().transactions().include(store);
    }

    /** Whether the store is next to the one before it in its epoch: then both are parts of a record. */
    private static boolean continuesRecord(StoreEvent store, RecentStores before) {
        long last = before.next() - 1;
        return !before.isEpochEmpty()
                && before.segment(last) == store.segment()
                && (before.end(last) == store.start() || before.start(last) == store.end());
    }

    private void revisit(StoreEvent store, RecentStores before) {
        for (Iterator<Candidate> all = candidates.iterator(); all.hasNext(); ) {
            Candidate candidate = all.next();
            if (candidate.thread == store.thread() && candidate.epoch == before.epoch()) {
                if (candidate.adjoins(store)) {
                    drop(all, candidate);
                }
            } else if (candidate.overlaps(store.segment(), store.start(), store.end())) {
                count(candidate);
                drop(all, candidate);
            }
        }
    }

    private void drop(Iterator<Candidate> all, Candidate candidate) {
        all.remove();
        watched.remove(candidate.segment.id(), Math.max(0, candidate.start - 1), candidate.end + 1);
    }

    private boolean isDurable(Candidate candidate) {
        return memory.pendingBytes(candidate.segment, candidate.start, candidate.end) == 0;
    }

    @Override
    public void committed(Epochs.Value value) {
        if (value.isWhole()) {
            commit(value);
            return;
        }
        for (Candidate candidate : candidates) {
            candidate.alone |= candidate.thread == value.thread() && candidate.epoch == value.epoch();
        }
    }

    private void commit(Epochs.Value value) {
        for (Iterator<Candidate> all = candidates.iterator(); all.hasNext(); ) {
            Candidate candidate = all.next();
            boolean looksLikeCommit = candidate.alone && candidate.inPlace;
            if (candidate.thread == value.thread()
                    && candidate.epoch < value.epoch()
                    && (value.inPlace() || !looksLikeCommit)) {
                if (isDurable(candidate)) {
                    trust(candidate, value.segment());
                }
                drop(all, candidate);
            }
        }
    }

    private void trust(Candidate candidate, Segment commit) {
        if (commit == candidate.segment) {
            committedSites.add(candidate.site);
        } else {
            committedElsewhere.merge(candidate.site, 1L, Long::sum);
        }
    }

    private void count(Candidate candidate) {
        if (!candidate.inPlace && !candidate.alone || !isDurable(candidate)) {
            return;
        }
        Case seen = cases.computeIfAbsent(candidate.site, site -> new Case(candidate, new ByteSet(), new long[1]));
        seen.count[0]++;
        if (candidate.segment == seen.first.segment) {
            seen.bytes.add(candidate.segment.id(), candidate.start, candidate.end);
        }
    }

    @Override
    public void ended() {
        candidates.forEach(this::count);
        candidates.clear();
        cases.forEach((site, seen) -> {
            if (!committedSites.contains(site) && seen.count[0] > committedElsewhere.getOrDefault(site, 0L)) {
                report(seen);
            }
        });
    }

    private void report(Case seen) {
        Candidate first = seen.first;
        FindingGroup group = book.group(this, first.thread, book.stored(first.owner));
        group.count(seen.count[0]);
        describe(group, first.kind, first.segment, first.start, first.end);
        group.addBytes(first.segment, first.start, first.end);
        seen.bytes.forEach((segment, line, mask) ->
                Masks.forEachRun(line, mask, (from, to) -> group.addBytes(first.segment, from, to)));
    }

    // What the program declared.

    private void checkDeclared(StoreEvent store, RecentStores before) {
        if (!atomic.touch(store.segment(), store.start(), store.end()) || isHarmless(store)) {
            return;
        }
        atomic.forEach(store.segment(), store.start(), store.end(), range -> checkDeclared(range, store, before));
    }

    private void checkDeclared(AtomicRanges.Range range, StoreEvent store, RecentStores before) {
        long from = Math.max(range.start(), store.start());
        long to = Math.min(range.end(), store.end());
        boolean tears = Epochs.tears(store.segment().domain(), from, to);
        boolean partly = store.size() < to - from
                || othersPending(range, from, to)
                || store.segment().domain() == Domain.EADR && isPartlyIn(range, before, from, to);
        if (!tears && !partly) {
            return;
        }
        FindingGroup group =
                book.group(this, store.thread(), book.stored(store.owner()), related(DECLARED, range.site()));
        group.count(1);
        group.addBytes(store.segment(), from, to);
        if (tears) {
            describe(group, store.kind(), store.segment(), from, to);
        } else {
            group.describe(
                    "another store to what must change as one is not persistent; a crash can keep one of them and"
                            + " lose the other");
        }
    }

    /** Whether the thread stored other bytes of the range since its last fence. */
    private static boolean isPartlyIn(AtomicRanges.Range range, RecentStores before, long from, long to) {
        for (long number = Math.max(before.first(), before.epochFirst()); number < before.next(); number++) {
            if (range.overlaps(before.segment(number), before.start(number), before.end(number))
                    && (before.start(number) != from || before.end(number) != to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether other bytes of the range wait to become durable. */
    private boolean othersPending(AtomicRanges.Range range, long from, long to) {
        return memory.pendingBytes(range.segment(), range.start(), from)
                        + memory.pendingBytes(range.segment(), to, range.end())
                > 0;
    }

    // The words.

    private void describe(FindingGroup group, StoreKind kind, Segment segment, long start, long end) {
        long unit = Epochs.unit(segment.domain());
        long cut = (start / unit + 1) * unit;
        String where = unit > Epochs.UNIT
                ? "a sector of " + unit + " bytes"
                : cut % 64 == 0 ? "a cache line" : "8 aligned bytes";
        kinds.putIfAbsent(group, kind);
        group.describe(FindingGroup.amount(end - start, "byte") + " that are not within " + where + "; after a crash "
                + bytes(segment, start, cut)
                + " can be new without " + bytes(segment, cut, end));
    }

    private static String bytes(Segment segment, long start, long end) {
        long first = start - segment.bias();
        long last = end - segment.bias() - 1;
        return first == last ? "byte " + first : "bytes " + first + " to " + last;
    }

    @Override
    Severity severity(FindingGroup group) {
        return group.hasRole(DECLARED) ? Severity.ERROR : super.severity(group);
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return group.hasRole(DECLARED) ? historyThenStore(group) : List.of();
    }

    @Override
    String message(FindingGroup group) {
        return "What is stored here in " + group.segment.path() + " can be torn: " + group.detail() + "."
                + (kinds.containsKey(group) ? otherThreads(kinds.get(group)) : "");
    }

    private static String otherThreads(StoreKind kind) {
        return switch (kind) {
            case PLAIN -> " It is a plain store, so another thread can see half of it, too.";
            case ATOMIC -> " It is atomic for other threads, which a crash does not respect.";
            default -> "";
        };
    }

    @Override
    String fix(FindingGroup group) {
        return "Keep the value within " + Epochs.unit(group.segment.domain())
                + " aligned bytes, or write it elsewhere, persist it, and switch to it with one aligned"
                + " store; if recovery verifies a checksum over it, say so with PmemCheck.checksummed.";
    }
}
