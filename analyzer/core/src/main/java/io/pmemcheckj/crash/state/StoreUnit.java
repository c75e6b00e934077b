package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.List;

/**
 * One store that is durable as soon as it is made, because the caches persist or the page cache does: a crash finds it not
 * begun, done, or, if it is wider than eight bytes, under way from either end.
 */
final class StoreUnit extends Unit {
    private static final int WORD = 8;

    StoreUnit(PendingStore store) {
        super(store.file(), store.offset(), store.bytes().length);
        add(store);
    }

    /** Where a store of several words can be cut, as an index of the unit. */
    private int cut(long number) {
        int first = WORD - (int) (start() % WORD);
        return first + (int) number * WORD;
    }

    private long cuts() {
        int first = WORD - (int) (start() % WORD);
        return length() <= first ? 0 : (length() - first + WORD - 1) / WORD;
    }

    @Override
    public long states() {
        return 2 + 2 * cuts();
    }

    @Override
    public long all() {
        return 1;
    }

    @Override
    public long upTo(long time) {
        return stepsUpTo(time);
    }

    @Override
    void apply(long state, byte[] bytes) {
        if (state == 0) {
            return;
        }
        int cut = state == 1 ? 0 : cut((state - 2) / 2);
        boolean head = state % 2 == 0;
        steps.get(0).apply(bytes, start(), head ? 0 : cut, head ? cut : length());
    }

    @Override
    public Fate fate(int store, long state) {
        return state == 0 ? Fate.LOST : state == 1 ? Fate.SURVIVED : Fate.TORN;
    }

    @Override
    public long[] partial(int most) {
        List<Long> found = new ArrayList<>();
        long stride = Math.max(1, 2 * cuts() / Math.max(1, most));
        for (long state = 2; state < states() && found.size() < most; state += stride) {
            found.add(state);
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }
}
