package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteMap;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.FlushEvent;
import io.pmemcheckj.replay.HappensBefore;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A thread reads what another stored and what nothing has made durable for it: a durability race. The idea of looking at
 * the window from store to fence is that of HawkSet (EuroSys 2025).
 *
 * <p>Two ways lead to a finding. The bytes are pending when they are read. Or they are persistent by then, but only by
 * luck: the program's synchronization tells the reader of the store and not of the fence, so that the hand-over lies
 * between the two. A reader that knows of neither is left alone, as the two may be ordered by means that a trace does not
 * show, a socket for example.
 *
 * <p>No finding is
 * <ul>
 * <li>what was stored where nothing had been before, while no other thread had touched the segment, by code that happened
 *     before the reader started: the set-up of a file;
 * <li>what the reader makes durable itself before it stores or hands over anything.
 * </ul>
 *
 * <p>A store that is read also tells the reader what the storing thread knew, as locks and queues are built in mapped memory,
 * too.
 */
final class UnpersistedRead extends Rule {
    private static final String STORED = "stored here";
    private static final String PERSISTED = "made persistent here, too late";

    /** Versions of bytes remembered; beyond it all is forgotten, and what was stored before is not judged. */
    private static final int MOST = 1 << 22;

    private static final int SEVERAL = -2;

    /**
     * Bytes read too early, of which it is not yet known what makes them persistent.
     *
     * @param deeds what the reader had done when it read
     */
    private record Read(int thread, Place place, int owner, Segment segment, long line, long mask, int deeds) {}

    /** @param fenceSite where the bytes became persistent too late */
    private record Late(Read read, int fenceSite) {}

    private record Fence(int thread, int time, int site) {}

    private record Range(Segment segment, long start, long end) {}

    private record Version(int owner, int time, int[] knowledge, boolean initial) {}

    private final PersistentMemory memory;
    private final HappensBefore order = new HappensBefore();

    private final ByteMap stored = new ByteMap();
    private final List<Version> versions = new ArrayList<>();
    private final Map<Integer, Integer> latestVersions = new HashMap<>();

    private final ByteMap persisted = new ByteMap();
    private final List<Fence> fences = new ArrayList<>();
    private long fenceEvent = -1;
    /** The thread that made anything persistent, if it is one. */
    private int fencedBy;

    /** By thread: what it forced last, if it did nothing since that others can know of. */
    private final Map<Integer, Range> forced = new HashMap<>();

    private final Map<Integer, Integer> touchedBy = new HashMap<>();
    private final Map<Integer, int[]> births = new HashMap<>();
    private final Map<Integer, Integer> deeds = new HashMap<>();
    private final Map<Long, List<Read>> waiting = new HashMap<>();

    /** By reader: reads of what is persistent by now, to be told unless the reader makes sure of that itself. */
    private final Map<Integer, List<Late>> undecided = new HashMap<>();

    UnpersistedRead(FindingBook book) {
        super("unpersisted-read", book);
        memory = book.replayer().memory();
    }

    /** Loads come: until then nothing of this costs anything. */
    @Override
    public void loadsCome() {
        book.replayer().watchStores(this);
        book.replayer().watchLoads(this);
        book.replayer().watchPersists(this);
        book.replayer().watchFlushes(this);
    }

    /** Forces of two threads can overlap, and the one that ends first makes bytes persistent for both. */
    @Override
    public void flushed(FlushEvent flush) {
        learnOfForced(flush.thread());
        drop(flush);
        if (flush.kind() == FlushEvent.Kind.FORCE) {
            forced.put(flush.thread(), new Range(flush.segment(), flush.start(), flush.start() + flush.length()));
        }
    }

    /** What a thread forced is persistent when it goes on, and it knows that, whoever made it so. */
    private void learnOfForced(int thread) {
        Range range = forced.isEmpty() ? null : forced.remove(thread);
        if (range != null && fencedBy != thread) {
            Masks.forEachLine(
                    range.start,
                    range.end,
                    (line, mask) -> persisted.forEach(range.segment.id(), line, mask, (which, bytes) -> {
                        Fence fence = fences.get(which);
                        order.learn(thread, fence.thread, fence.time);
                    }));
        }
    }

    @Override
    public void released(int thread, long object) {
        learnOfForced(thread);
        order.release(thread, object);
        does(thread);
    }

    @Override
    public void acquired(int thread, long object) {
        order.acquire(thread, object);
        if (!births.containsKey(thread)) {
            births.put(thread, order.knowledge(thread)); // the first that a thread does is to acquire itself
        }
    }

    @Override
    public void storing(StoreEvent store) {
        learnOfForced(store.thread());
        Segment segment = store.segment();
        does(store.thread());
        boolean alone = touch(segment, store.thread());
        boolean initial = alone && !stored.intersects(segment.id(), store.start(), store.end());
        persisted.remove(segment.id(), store.start(), store.end());
        stored.put(segment.id(), store.start(), store.end(), version(store, initial));
    }

    private int version(StoreEvent store, boolean initial) {
        int time = order.time(store.thread());
        int[] knowledge = order.knowledge(store.thread());
        Integer latest = latestVersions.get(store.owner());
        if (latest != null) {
            Version version = versions.get(latest);
            if (version.time == time && version.knowledge == knowledge && version.initial == initial) {
                return latest;
            }
        }
        if (versions.size() >= MOST || fences.size() >= MOST) {
            forget();
        }
        versions.add(new Version(store.owner(), time, knowledge, initial));
        latestVersions.put(store.owner(), versions.size() - 1);
        return versions.size() - 1;
    }

    private void forget() {
        for (Segment segment : memory.segments()) {
            stored.removeAll(segment.id());
            persisted.removeAll(segment.id());
        }
        versions.clear();
        latestVersions.clear();
        fences.clear();
        fenceEvent = -1;
    }

    /** @return whether no other thread has touched the segment */
    private boolean touch(Segment segment, int thread) {
        Integer by = touchedBy.putIfAbsent(segment.id(), thread);
        if (by == null || by == thread) {
            return true;
        }
        if (by != SEVERAL) {
            touchedBy.put(segment.id(), SEVERAL);
        }
        return false;
    }

    @Override
    public void persisted(int thread, int site, long event, Segment segment, long line, long mask) {
        if (event != fenceEvent) {
            fenceEvent = event;
            fencedBy = fencedBy == 0 || fencedBy == thread ? thread : SEVERAL;
            fences.add(new Fence(thread, order.tick(thread), site));
        }
        persisted.putMask(segment.id(), line, mask, fences.size() - 1);
        List<Read> reads = waiting.isEmpty() ? null : waiting.get(key(segment, line));
        if (reads != null) {
            reads.removeIf(read -> {
                boolean now = (read.mask & mask) != 0;
                if (now && deeds(read.thread) != read.deeds) {
                    report(read, site);
                } else if (now && read.thread != thread) {
                    decideLater(read, site);
                }
                return now;
            });
            if (reads.isEmpty()) {
                waiting.remove(key(segment, line));
            }
        }
    }

    /** The reader may be about to flush what it read, before it does anything with it. */
    private void decideLater(Read read, int fenceSite) {
        undecided.computeIfAbsent(read.thread, key -> new ArrayList<>()).add(new Late(read, fenceSite));
    }

    /** A thread stores or hands over: what it read too early counts from now on. */
    private void does(int thread) {
        deeds.merge(thread, 1, Integer::sum);
        List<Late> reads = undecided.isEmpty() ? null : undecided.remove(thread);
        if (reads != null) {
            reads.forEach(late -> report(late.read, late.fenceSite));
        }
    }

    /** What the reader flushes before it does anything with it is no finding. */
    private void drop(FlushEvent flush) {
        int thread = flush.thread();
        if (undecided.containsKey(thread)) {
            undecided.get(thread).removeIf(late -> covers(flush, late.read));
        }
        if (!waiting.isEmpty()) {
            waiting.values()
                    .forEach(reads -> reads.removeIf(
                            read -> read.thread == thread && read.deeds == deeds(thread) && covers(flush, read)));
        }
    }

    private static boolean covers(FlushEvent flush, Read read) {
        long start = read.line << 6;
        return flush.segment() == read.segment && start + 64 > flush.start() && start < flush.start() + flush.length();
    }

    private int deeds(int thread) {
        return deeds.getOrDefault(thread, 0);
    }

    private static long key(Segment segment, long line) {
        return (long) segment.id() << 44 | line;
    }

    @Override
    public void loaded(int thread, int site, Segment segment, long start, long end) {
        if (touch(segment, thread)) {
            return;
        }
        Masks.forEachLine(
                start,
                end,
                (line, mask) -> stored.forEach(
                        segment.id(),
                        line,
                        mask,
                        (version, bytes) -> judge(thread, site, segment, line, bytes, version)));
    }

    private void judge(int reader, int site, Segment segment, long line, long mask, int number) {
        Version version = versions.get(number);
        int writer = book.owners().thread(version.owner);
        if (writer == reader) {
            return;
        }
        boolean setUp = version.initial && order.covers(births.getOrDefault(reader, new int[0]), writer, version.time);
        long pending = memory.pendingMask(segment, line) & mask;
        if (pending != 0 && !setUp) {
            await(new Read(reader, book.place(site), version.owner, segment, line, pending, deeds(reader)));
        }
        boolean told = order.knows(reader, writer, version.time);
        persisted.forEach(segment.id(), line, mask & ~pending, (which, bytes) -> {
            Fence fence = fences.get(which);
            if (told && !setUp && !order.knows(reader, fence.thread, fence.time)) {
                decideLater(new Read(reader, book.place(site), version.owner, segment, line, bytes, 0), fence.site);
            }
            order.learn(reader, fence.thread, fence.time);
        });
        order.learn(reader, version.knowledge);
    }

    private void await(Read read) {
        List<Read> reads = waiting.computeIfAbsent(key(read.segment, read.line), key -> new ArrayList<>());
        for (Read other : reads) {
            if (other.thread == read.thread && other.place.equals(read.place) && other.owner == read.owner) {
                return; // as a thread does that waits for a value to change
            }
        }
        reads.add(read);
    }

    @Override
    public void ended() {
        undecided.values().forEach(reads -> reads.forEach(late -> report(late.read, late.fenceSite)));
        waiting.values().forEach(reads -> reads.forEach(read -> report(read, 0)));
    }

    private void report(Read read, int fenceSite) {
        List<Related> related = new ArrayList<>();
        related.add(relatedStore(STORED, read.owner));
        if (fenceSite != 0) {
            related.add(related(PERSISTED, fenceSite));
        }
        FindingGroup group = book.group(this, read.thread, read.place, related.toArray(new Related[0]));
        group.count(1);
        Masks.forEachRun(read.line, read.mask, (from, to) -> group.addBytes(read.segment, from, to));
        group.describe(book.replayer().places().thread(book.owners().thread(read.owner)));
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        Moment last = group.related.size() == 1
                ? Moment.end()
                : Moment.at("persistent too late", group.related.get(1).place(), FindingBook.NO_THREAD);
        return List.of(
                Moment.at(Moment.STORED, group.related.get(0).place(), FindingBook.NO_THREAD),
                happened(Moment.READ, group),
                last);
    }

    @Override
    String message(FindingGroup group) {
        String store = group.related.get(0).place().location().toString();
        String head = group.bytesOfFile() + ", stored at " + store + " by " + group.detail() + ", were read here by "
                + book.replayer().places().thread(group.thread);
        return group.related.size() == 1
                ? head + "; nothing made them persistent afterwards."
                : head + "; nothing makes sure that they are persistent by then, as that happens later, at "
                        + group.related.get(1).place().location() + ".";
    }

    @Override
    String fix(FindingGroup group) {
        return "Flush and fence what is stored at "
                + group.related.get(0).place().location()
                + " before the thread hands it over (or hold one lock from that store until after the fence, and take it to"
                + " read).";
    }
}
