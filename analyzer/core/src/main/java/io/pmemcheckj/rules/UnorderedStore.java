package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final List<Order> everywhere = new ArrayList<>();

    private final Map<Long, List<Order>> byPage = new HashMap<>();
    private final Map<List<Object>, Order> declared = new HashMap<>();
    private final Map<FindingGroup, Boolean> wrongOrder = new HashMap<>();

    UnorderedStore(FindingBook book, List<Order> orders) {
        super("unordered-store", book);
        memory = book.replayer().memory();
        everywhere.addAll(orders);
        if (!orders.isEmpty()) {
            book.replayer().watchStores(this);
        }
    }

    @Override
    public void labelled(Segment segment, long start, long end, String name) {
        for (Order order : everywhere) {
            order.first.labelled(segment, start, end, name);
            order.second.labelled(segment, start, end, name);
        }
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
        book.replayer().watchStores(this);
        var a = new RangeSelector(memory, first, firstStart, firstEnd);
        var b = new RangeSelector(memory, second, secondStart, secondEnd);
        if (declared.containsKey(List.<Object>of(a, b))) {
            return; // declared again, as a loop does
        }
        Order order = new Order("", a, b);
        declared.put(List.of(a, b), order);
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
        for (Order order : everywhere) {
            check(order, store);
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
        Masks.forEachLine(store.start(), store.end(), (line, mask) -> {
            long bytes = order.second.match(store.segment(), line, mask, store.site());
            if (bytes == 0) {
                return;
            }
            if (!order.firstSeen && order.earlySecond == 0) {
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
            if (!order.firstSeen) {
                order.firstSeen = true;
                reportEarly(order, store.owner());
            }
            if (store.segment().domain() != Domain.EADR || store.nonTemporal()) {
                order.await(store.segment().id(), line, bytes);
            }
        });
    }

    private void reportEarly(Order order, int firstOwner) {
        if (order.earlySecond != 0) {
            FindingGroup group = group(order.earlySecond, firstOwner);
            wrongOrder.put(group, true);
            group.count(1);
            group.addBytes(order.earlySegment, order.earlyStart, order.earlyEnd);
        }
    }

    private FindingGroup group(int secondOwner, int firstOwner) {
        return book.group(
                this, book.owners().thread(secondOwner), book.stored(secondOwner), relatedStore(FIRST, firstOwner));
    }

    private FindingGroup report(Order order, int secondOwner, Segment segment, long line, long bytes, long[] lost) {
        int[] firstOwner = new int[1];
        memory.forEachPending(
                memory.segment((int) lost[0]),
                lost[1] << 6,
                (lost[1] + 1) << 6,
                (seg, at, mask, owner, state, flush) -> {
                    if ((mask & lost[2]) != 0 && firstOwner[0] == 0) {
                        firstOwner[0] = owner;
                    }
                });
        FindingGroup group = group(secondOwner, firstOwner[0]);
        group.count(1);
        Masks.forEachRun(line, bytes, (from, to) -> group.addBytes(segment, from, to));
        return group;
    }

    @Override
    String message(FindingGroup group) {
        String first = group.related.get(0).place().location().toString();
        return wrongOrder.containsKey(group)
                ? group.bytesOfFile() + " were stored here before what must be persistent first was even stored (at "
                        + first + ")."
                : group.bytesOfFile() + " were stored here while what must be persistent first, stored at " + first
                        + ", was not persistent; a crash can keep this store and lose that one.";
    }

    @Override
    String fix(FindingGroup group) {
        String first = group.related.get(0).place().location().toString();
        return wrongOrder.containsKey(group)
                ? "Move this store after the one at " + first + ", and flush and fence that one in between."
                : "Flush and fence what is stored at " + first + " after that store and before this one.";
    }
}
