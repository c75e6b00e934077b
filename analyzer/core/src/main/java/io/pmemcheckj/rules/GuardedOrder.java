package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.replay.StoreHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An order that nobody declared and that readers rely on: they look at one value to decide, and then read another that was
 * stored before it. Where that was not persistent yet when the deciding value was stored, a crash can leave a value that
 * promises what is not there. One such read is evidence enough; {@link SuspiciousOrder} needs many stores. The idea of
 * guards comes from Witcher (SOSP 2021).
 */
final class GuardedOrder extends Rule {
    private static final String PENDING = "not persistent yet, stored here";
    private static final String DECIDED = "readers decide here";
    private static final String READ = "and then read here";

    private final StoreHistory history = new StoreHistory();
    private final Guards guards = new Guards(history);

    /** When a range of a segment was mapped. */
    private record Mapped(long start, long end, int time) {}

    private final Map<Segment, Mapped> latestMaps = new HashMap<>();

    GuardedOrder(FindingBook book) {
        super("suspicious-order", book);
    }

    @Override
    public void loadsCome() {
        book.replayer().watchLoads(this);
        book.replayer().watchStores(this);
        book.replayer().watchPersists(this);
    }

    @Override
    public void storing(StoreEvent store) {
        history.storing(store);
    }

    @Override
    public void persisted(int thread, int site, long event, Segment segment, long line, long mask) {
        history.persisted(thread, site, event, segment, line, mask);
    }

    @Override
    public void loaded(int thread, int site, Segment segment, long start, long end) {
        Masks.forEachLine(
                start,
                end,
                (line, mask) -> history.forEach(
                        segment,
                        line,
                        mask,
                        (bytes, owner, stored, persisted) ->
                                judge(thread, site, segment, line, bytes, owner, stored, persisted)));
        if (book.replayer().places().decides(site)) {
            guards.decides(thread, site, segment, start, end);
        }
    }

    @Override
    public void mapped(Segment segment, long start, long end) {
        latestMaps.put(segment, new Mapped(start, end, history.now()));
    }

    /** A thread that works on what it stored itself is no reader to learn from, until it opens the file anew. */
    private boolean isOwnWork(int thread, Segment segment, long line, int owner, int stored) {
        Mapped latest = latestMaps.get(segment);
        boolean opened = latest != null && latest.time >= stored && latest.start <= line << 6 && line << 6 < latest.end;
        return book.owners().thread(owner) == thread && !opened;
    }

    private void judge(
            int thread, int site, Segment segment, long line, long mask, int owner, int stored, int persisted) {
        if (persisted == StoreHistory.NEVER || isOwnWork(thread, segment, line, owner, stored)) {
            return;
        }
        Guards.Guard guard = guards.unordered(thread, segment, line, stored, persisted);
        int guardOwner = guard == null ? 0 : guard.owner(history);
        if (guardOwner == 0 || book.owners().thread(guardOwner) != book.owners().thread(owner)) {
            return; // of two threads' stores neither need come first
        }
        FindingGroup group = book.group(
                this,
                book.owners().thread(guardOwner),
                book.stored(guardOwner),
                relatedStore(PENDING, owner),
                related(DECIDED, guard.site()),
                related(READ, site));
        group.count(1);
        Masks.forEachRun(line, mask, (from, to) -> group.addBytes(segment, from, to));
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return List.of(
                new Moment(
                        Moment.STORED,
                        group.related.get(0).place().location(),
                        group.thread,
                        group.start - group.segment.bias(),
                        group.end - group.start),
                Moment.at(Moment.STORED, group.place, group.thread),
                Moment.at(Moment.READ, group.related.get(1).place(), FindingBook.NO_THREAD),
                Moment.at(Moment.READ, group.related.get(2).place(), FindingBook.NO_THREAD));
    }

    @Override
    String message(FindingGroup group) {
        return "What readers look at to decide (at " + place(group, 1) + ") was stored here before "
                + group.bytesOfFile()
                + " that they then read (at " + place(group, 2)
                + ") were persistent; a crash can keep this store and lose"
                + " those, stored at " + place(group, 0) + ".";
    }

    @Override
    String fix(FindingGroup group) {
        return "Flush and fence what is stored at " + place(group, 0)
                + " before this store, and declare the order (PmemCheck.expectOrdered); if readers can tell that"
                + " it is missing, say so with PmemCheck.checksummed.";
    }

    private static String place(FindingGroup group, int related) {
        return group.related.get(related).place().location().toString();
    }
}
