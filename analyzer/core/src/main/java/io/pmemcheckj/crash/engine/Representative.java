package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.PendingStore;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.state.Unit;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The states that bugs show in most often, first. In the first round one failure point of each call path is looked at (Gorjiara
 * et al., Mumak, EuroSys 2023), in the second the others: none of what is on its way, all of it, each unit alone, each unit
 * missing, the program's order cut anywhere, and units in between. After that points with few states get all of them, the
 * others random ones, as long as the budget lasts.
 */
final class Representative implements Engine {
    private static final BigInteger FEW = BigInteger.valueOf(4096);
    /** Of one kind of states, at one failure point. */
    private static final int MOST = 256;

    private static final int SAMPLES = 64;
    private static final int LAST_ROUND = 1000;

    private final long seed;
    private final Set<FailurePoint.PathKey> paths = new HashSet<>();
    private final BitSet begun = new BitSet();
    private final BitSet complete = new BitSet();
    private boolean incomplete = true;

    Representative(long seed) {
        this.seed = seed;
    }

    @Override
    public void choose(FailurePoint point, int round, Predicate<State> check) {
        int number = (int) point.number();
        if (round == 0 ? paths.add(point.path()) : round == 1 && !begun.get(number)) {
            begun.set(number);
            characteristic(point, check);
        } else if (round >= 2 && !complete.get(number)) {
            if (round == 2) {
                incomplete = false;
            }
            more(point, round, check);
        }
    }

    private void more(FailurePoint point, int round, Predicate<State> check) {
        if (AllStates.canBeListed(point) && AllStates.count(point).compareTo(FEW) <= 0) {
            if (AllStates.offer(point, check)) {
                complete.set((int) point.number());
            }
        } else {
            incomplete = true;
            RandomStates.offer(point, seed, round, SAMPLES, check);
        }
    }

    private static void characteristic(FailurePoint point, Predicate<State> check) {
        ChosenState none = ChosenState.none(point);
        ChosenState all = ChosenState.all(point);
        boolean more = check.test(all) && check.test(none);
        List<Unit> units = point.units();
        int stride = 1 + (units.size() - 1) / MOST;
        for (int i = 0; i < units.size() && more; i += stride) {
            more = check.test(all.with(i, 0))
                    && check.test(none.with(i, units.get(i).all()));
        }
        more = more && programOrder(point, check);
        for (int i = 0; i < units.size() && more; i += stride) {
            for (long state : units.get(i).partial(Math.max(2, MOST / units.size()))) {
                more = more && check.test(all.with(i, state)) && check.test(none.with(i, state));
            }
        }
    }

    /** What a crash of the process leaves: all stores up to one of them. */
    private static boolean programOrder(FailurePoint point, Predicate<State> check) {
        long[] times = point.units().stream()
                .flatMap(unit -> unit.stores().stream())
                .mapToLong(PendingStore::time)
                .sorted()
                .distinct()
                .toArray();
        int stride = 1 + (times.length - 1) / MOST;
        for (int i = 0; i < times.length; i += stride) {
            if (!check.test(ChosenState.upTo(point, times[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean wantsRound(int round) {
        return round <= 2 || round <= LAST_ROUND && incomplete;
    }

    @Override
    public boolean hasChosenAll(FailurePoint point) {
        return complete.get((int) point.number());
    }

    @Override
    public boolean hasChosenSome(FailurePoint point) {
        return begun.get((int) point.number());
    }
}
