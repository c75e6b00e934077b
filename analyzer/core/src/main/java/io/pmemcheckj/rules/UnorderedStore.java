package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.NameGlob;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.rules.FindingGroup.Related;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A store that must wait for others to be persistent and does not: some crash leaves it without them. Within one line of
 * {@code adr} memory stores keep their order, so there they need not be persistent first.
 */
final class UnorderedStore extends Rule {
    private static final String FIRST = "must persist first, stored here";
    private static final int PAGE_SHIFT = 12;
    private static final int WIDE_PAGES = 1024;

    private final PersistentMemory memory;
    /** Orders to look at for every store: those of files, and declared ones over very wide ranges. */
    private final List<Orders> everywhere = new ArrayList<>();

    private final Map<Long, List<Order>> byPage = new HashMap<>();
    private final Map<List<Object>, Order> declared = new HashMap<>();
    private final Set<Named> names = new LinkedHashSet<>();
    /** Number of the segment, and of the line, of what the store that is being reported should have waited for. */
    private long[] atRisk;

    private final Map<FindingGroup, Boolean> wrongOrder = new HashMap<>();
    /** What the order is called, in parentheses. */
    private final Map<FindingGroup, String> declaredAs = new HashMap<>();

    private final BiConsumer<Order, StoreEvent> checker = this::check;
    private final MissingPersist missing;

    /** A range that got a name. */
    private record Named(Segment segment, long start, long end, String name) {}

    UnorderedStore(FindingBook book, List<Orders> orders) {
        super("unordered-store", book);
        memory = book.replayer().memory();
        missing = new MissingPersist(book);
        orders.forEach(this::lookEverywhere);
    }

    private void lookEverywhere(Orders orders) {
        everywhere.add(orders);
        names.forEach(range -> orders.labelled(range.segment, range.start, range.end, range.name));
        watch();
    }

    private void watch() {
        book.replayer().watchStores(this);
        book.replayer().watchFlushes(missing);
        book.replayer().watchFences(missing);
    }

    @Override
    public void labelled(Segment segment, long start, long end, String name) {
        if (names.add(new Named(segment, start, end, name))) {
            everywhere.forEach(orders -> orders.labelled(segment, start, end, name));
        }
    }

    @Override
    public void orderDeclared(String name, String first, String then) {
        lookEverywhere(new Order(name, selector(first), selector(then), false));
    }

    /** @param text {@code Class#method} for stores made there, else a glob of labels */
    private Selector selector(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? new LabelSelector(text)
                : new SiteSelector(
                        book.replayer().places(),
                        NameGlob.pattern(text.substring(0, hash)),
                        text.substring(hash + 1),
                        0);
    }

    @Override
    public void orderDeclared(
            int thread,
            int site,
            Segment first,
            long firstStart,
            long firstEnd,
            Segment second,
            long secondStart,
            long secondEnd) {
        watch();
        var a = new RangeSelector(memory, first, firstStart, firstEnd);
        var b = new RangeSelector(memory, second, secondStart, secondEnd);
        if (declared.containsKey(List.<Object>of(a, b))) {
            return; // declared again, as a loop does
        }
        Order order = new Order("", a, b, true);
        declared.put(List.of(a, b), order);
        Order opposite = declared.get(List.<Object>of(b, a));
        order.alternates = opposite != null;
        if (opposite != null) {
            opposite.alternates = true;
        }
        index(order, a);
        index(order, b);
        memory.forEachPending(
                first,
                firstStart,
                firstEnd,
                (seg, line, mask, owner, state, flush) -> order.await(seg.id(), line, mask));
        memory.forEachPending(
                second,
                secondStart,
                secondEnd,
                (seg, line, mask, owner, state, flush) -> checkPending(order, seg, line, mask, owner));
    }

    private void index(Order order, RangeSelector range) {
        long firstPage = range.start() >> PAGE_SHIFT;
        long lastPage = (range.end() - 1) >> PAGE_SHIFT;
        if (lastPage - firstPage >= WIDE_PAGES) {
            if (!everywhere.contains(order)) {
                everywhere.add(order);
            }
            return;
        }
        for (long page = firstPage; page <= lastPage; page++) {
            List<Order> orders = byPage.computeIfAbsent(key(range.segment(), page), key -> new ArrayList<>());
            if (!orders.contains(order)) {
                orders.add(order);
            }
        }
    }

    private static long key(Segment segment, long page) {
        return (long) segment.id() << 44 | page;
    }

    private void checkPending(Order order, Segment segment, long line, long mask, int owner) {
        long[] lost = order.violated(memory, segment, line);
        if (lost != null) {
            report(order, owner, segment, line, mask, lost);
        }
    }

    @Override
    public void storing(StoreEvent store) {
        for (Orders orders : everywhere) {
            orders.concerning(store, checker);
        }
        if (byPage.isEmpty()) {
            return;
        }
        long firstPage = store.start() >> PAGE_SHIFT;
        long lastPage = (store.end() - 1) >> PAGE_SHIFT;
        if (firstPage == lastPage) {
            for (Order order : byPage.getOrDefault(key(store.segment(), firstPage), List.of())) {
                check(order, store);
            }
            return;
        }
        Set<Order> touched = new LinkedHashSet<>();
        for (long page = firstPage; page <= lastPage; page++) {
            touched.addAll(byPage.getOrDefault(key(store.segment(), page), List.of()));
        }
        touched.forEach(order -> check(order, store));
    }

    private void check(Order order, StoreEvent store) {
        Segment segment = store.segment();
        if (order.second.touches(segment, store.start(), store.end(), store.site())) {
            checkSecond(order, store);
        }
        if (order.first.touches(segment, store.start(), store.end(), store.site())) {
            noteFirst(order, store);
        }
    }

    private void checkSecond(Order order, StoreEvent store) {
        boolean[] reported = new boolean[1];
        boolean[] early = new boolean[1];
        Masks.forEachLine(store.start(), store.end(), (line, mask) -> {
            long bytes = order.second.match(store.segment(), line, mask, store.site());
            if (bytes == 0) {
                return;
            }
            order.unfollowedFirst = 0;
            if (!early[0] && (!order.firstSeen || order.earlySecond != 0)) {
                early[0] = true;
                order.earlySecond = store.owner();
                order.earlySegment = store.segment();
                order.earlyStart = (line << 6) + Long.numberOfTrailingZeros(bytes);
                order.earlyEnd = (line << 6) + 64 - Long.numberOfLeadingZeros(bytes);
            }
            long[] lost = order.violated(memory, store.segment(), line);
            if (lost != null) {
                FindingGroup group = report(order, store.owner(), store.segment(), line, bytes, lost);
                if (reported[0]) {
                    group.count(-1); // one store, however many lines it covers
                }
                reported[0] = true;
            }
        });
    }

    private void noteFirst(Order order, StoreEvent store) {
        Masks.forEachLine(store.start(), store.end(), (line, mask) -> {
            long bytes = order.first.match(store.segment(), line, mask, store.site());
            if (bytes == 0) {
                return;
            }
            order.unfollowedFirst = store.owner();
            if (!order.firstSeen) {
                order.firstSeen = true;
                if (order.fromNowOn) {
                    reportEarly(order);
                }
            }
            if (store.segment().domain() != Domain.EADR || store.nonTemporal()) {
                order.await(store.segment().id(), line, bytes);
            }
        });
    }

    /**
     * An order that holds for the whole run may begin with a second store that only initializes; the program has it the wrong way round
     * if its last second store, too, was made before the last first one.
     */
    @Override
    public void ended() {
        everywhere.forEach(orders -> orders.forEach(order -> {
            if (!order.fromNowOn && order.unfollowedFirst != 0) {
                reportEarly(order);
            }
        }));
    }

    private void reportEarly(Order order) {
        if (order.earlySecond != 0 && !order.alternates) {
            FindingGroup group = group(order, order.earlySecond, order.unfollowedFirst);
            wrongOrder.put(group, true);
            group.count(1);
            group.addBytes(order.earlySegment, order.earlyStart, order.earlyEnd);
        }
    }

    private FindingGroup group(Order order, int secondOwner, int firstOwner, Related... flushed) {
        Related[] related = new Related[1 + flushed.length];
        related[0] = relatedStore(FIRST, firstOwner);
        System.arraycopy(flushed, 0, related, 1, flushed.length);
        FindingGroup group = book.group(this, book.owners().thread(secondOwner), book.stored(secondOwner), related);
        if (!order.name.isEmpty()) {
            declaredAs.putIfAbsent(group, " (" + order.name + ")");
        }
        return group;
    }

    private FindingGroup report(Order order, int secondOwner, Segment segment, long line, long bytes, long[] lost) {
        MissingPersist.Cause cause = missing.of(memory.segment((int) lost[0]), lost[1], lost[2]);
        Related[] flushed =
                cause.flushSite() == 0 ? new Related[0] : new Related[] {related("flushed here", cause.flushSite())};
        FindingGroup group = group(order, secondOwner, cause.owner(), flushed);
        group.describe(missing.advice(cause, group.place.location()));
        group.count(1);
        atRisk = lost;
        Masks.forEachRun(line, bytes, (from, to) -> group.addBytes(segment, from, to));
        return group;
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        if (wrongOrder.containsKey(group)) {
            return List.of(
                    happened(Moment.STORED, group),
                    Moment.at(Moment.STORED, group.related.get(0).place(), FindingBook.NO_THREAD));
        }
        List<Moment> moments = new ArrayList<>(
                LineHistory.of(book, memory.segment((int) atRisk[0]), atRisk[1] << 6, atRisk[1] + 1 << 6));
        moments.add(happened(Moment.STORED, group));
        return moments;
    }

    @Override
    String message(FindingGroup group) {
        String first = group.related.get(0).place().location().toString();
        return wrongOrder.containsKey(group)
                ? group.bytesOfFile() + " were stored here before what must be persistent first"
                        + declaredAs.getOrDefault(group, "") + " was even stored, at " + first + "."
                : group.bytesOfFile() + " were stored here while what must be persistent first"
                        + declaredAs.getOrDefault(group, "") + ", stored at " + first
                        + ", was not persistent; a crash can keep this store and lose that one.";
    }

    @Override
    String fix(FindingGroup group) {
        String first = group.related.get(0).place().location().toString();
        return wrongOrder.containsKey(group)
                ? "Move this store after the one at " + first + ", and flush and fence that one in between."
                : group.detail();
    }
}
