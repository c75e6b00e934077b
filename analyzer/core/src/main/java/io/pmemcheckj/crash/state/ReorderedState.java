package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some of the stores on their way, in some order: what pmreorder tries. Not all of these states can exist, because a line
 * does not reorder its stores.
 */
public final class ReorderedState extends State {
    private final List<PendingStore> stores;
    private final int[] order;

    /**
     * @param stores those of the failure point, see {@link #stores}
     * @param order indices of those that are made, in the order in which they are
     */
    public ReorderedState(FailurePoint point, List<PendingStore> stores, int[] order) {
        super(point);
        this.stores = stores;
        this.order = order;
    }

    /** All stores on their way, in the order of the program. */
    public static List<PendingStore> stores(FailurePoint point) {
        Set<PendingStore> all = new LinkedHashSet<>();
        point.units().forEach(unit -> all.addAll(unit.stores()));
        List<PendingStore> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(PendingStore::time));
        return sorted;
    }

    @Override
    public byte[] content(int index) {
        Unit unit = point().units().get(index);
        byte[] bytes = unit.current();
        boolean changed = false;
        for (int made : order) {
            PendingStore store = stores.get(made);
            if (store.file() == unit.file()
                    && store.offset() < unit.start() + unit.length()
                    && store.end() > unit.start()) {
                Step.of(store, 0, unit.start(), unit.length()).apply(bytes, unit.start());
                changed = true;
            }
        }
        return changed ? bytes : null;
    }

    @Override
    public Unit.Fate fate(int unit, int store) {
        PendingStore asked = point().units().get(unit).stores().get(store);
        return Arrays.stream(order).anyMatch(made -> stores.get(made) == asked) ? Unit.Fate.SURVIVED : Unit.Fate.LOST;
    }

    /** {@code 12/2-0-1}: the failure point and the stores. */
    @Override
    public String id() {
        return point().number() + "/"
                + Arrays.stream(order).mapToObj(Integer::toString).collect(Collectors.joining("-"));
    }

    static ReorderedState parse(FailurePoint point, String text) {
        List<PendingStore> stores = stores(point);
        int[] order = text.isEmpty()
                ? new int[0]
                : Arrays.stream(text.split("-", -1)).mapToInt(Integer::parseInt).toArray();
        if (Arrays.stream(order).anyMatch(made -> made < 0 || made >= stores.size())) {
            throw new IllegalArgumentException(text);
        }
        return new ReorderedState(point, stores, order);
    }
}
