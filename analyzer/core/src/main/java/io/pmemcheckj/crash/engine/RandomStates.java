package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.state.Unit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Each unit in any of its states, all alike. */
final class RandomStates implements Engine {
    private static final int SAMPLES = 64;
    private static final int ROUNDS = 1000;

    private final long seed;

    RandomStates(long seed) {
        this.seed = seed;
    }

    @Override
    public void choose(FailurePoint point, int round, Predicate<State> check) {
        offer(point, seed, round, SAMPLES, check);
    }

    static void offer(FailurePoint point, long seed, int round, int samples, Predicate<State> check) {
        SplittableRandom random = new SplittableRandom(seed + point.number() * 0x9e3779b97f4a7c15L + round);
        List<Unit> units = point.units();
        for (int i = 0; i < samples; i++) {
            long[] choice = new long[units.size()];
            for (int unit = 0; unit < choice.length; unit++) {
                choice[unit] = random.nextLong(units.get(unit).states());
            }
            if (!check.test(new ChosenState(point, choice))) {
                return;
            }
        }
    }

    @Override
    public boolean wantsRound(int round) {
        return round < ROUNDS;
    }

    @Override
    public boolean hasChosenAll(FailurePoint point) {
        return false;
    }
}
