package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.PendingStore;
import io.pmemcheckj.crash.state.ReorderedState;
import io.pmemcheckj.crash.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What pmreorder does with the stores on their way (PMDK, pmreorder(1), ENGINES), for those who want to compare. It takes the
 * lines of a store for independent of each other, which they are, and the stores of a line, too, which they are not.
 */
final class Reordering implements Engine {

    /** Which sequences of the stores are tried. */
    enum Order {
        /** All stores, once. */
        CHECK,
        /** Every order of every subset. */
        FULL,
        /** The first, the first two, the first three... */
        ACCUMULATIVE,
        /** The last, the last two, the last three... */
        REVERSE_ACCUMULATIVE,
        /** Some subsets, at random. */
        PARTIAL
    }

    /** Number of subsets that {@link Order#PARTIAL} tries, as in pmreorder. */
    private static final int PARTIAL_SUBSETS = 3;

    private final Order order;
    private final long seed;

    Reordering(Order order, long seed) {
        this.order = order;
        this.seed = seed;
    }

    @Override
    public void choose(FailurePoint point, int round, Predicate<State> check) {
        List<PendingStore> stores = ReorderedState.stores(point);
        int count = stores.size();
        Predicate<int[]> offer = made -> check.test(new ReorderedState(point, stores, made));
        switch (order) {
            case CHECK -> offer.test(range(0, count));
            case FULL -> permute(count, new ArrayList<>(), offer);
            case ACCUMULATIVE -> {
                for (int made = 0; made <= count && offer.test(range(0, made)); made++) {}
            }
            case REVERSE_ACCUMULATIVE -> {
                for (int made = 0; made <= count && offer.test(reversed(count, made)); made++) {}
            }
            case PARTIAL -> subsets(count, new Random(seed + point.number()), offer);
        }
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        for (int i = 0; i < range.length; i++) {
            range[i] = from + i;
        }
        return range;
    }

    private static int[] reversed(int count, int made) {
        int[] order = new int[made];
        for (int i = 0; i < made; i++) {
            order[i] = count - 1 - i;
        }
        return order;
    }

    /** Offers what was made so far and everything that begins with it. @return false if no more are wanted */
    private static boolean permute(int count, List<Integer> made, Predicate<int[]> offer) {
        if (!offer.test(made.stream().mapToInt(Integer::intValue).toArray())) {
            return false;
        }
        for (int next = 0; next < count; next++) {
            if (!made.contains(next)) {
                made.add(next);
                boolean more = permute(count, made, offer);
                made.remove(made.size() - 1);
                if (!more) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void subsets(int count, Random random, Predicate<int[]> offer) {
        for (int i = 0; i < PARTIAL_SUBSETS; i++) {
            List<Integer> all = new ArrayList<>();
            for (int store = 0; store < count; store++) {
                all.add(store);
            }
            Collections.shuffle(all, random);
            int size = random.nextInt(count + 1);
            int[] subset = all.subList(0, size).stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            if (!offer.test(subset)) {
                return;
            }
        }
    }

    @Override
    public boolean wantsRound(int round) {
        return round == 0;
    }

    @Override
    public boolean hasChosenAll(FailurePoint point) {
        return false;
    }
}
