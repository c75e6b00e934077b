package io.pmemcheckj.crash;

import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.PendingStore;
import io.pmemcheckj.crash.state.Unit;
import java.util.List;

/**
 * Makes a refused state simpler: as few stores lost as can be, and the crash as early as can be. Greedy, one change after the
 * other (Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002).
 */
final class Minimizer {
    private static final int MOST_TRIALS = 200;

    /** Tells whether a state is refused. */
    interface Trial {
        boolean isRefused(ChosenState state) throws Exception;
    }

    private final Trial trial;
    private int trials;

    Minimizer(Trial trial) {
        this.trial = trial;
    }

    /** @return a state of the same failure point that is refused as well */
    ChosenState minimize(ChosenState refused) throws Exception {
        ChosenState best = restore(refused);
        best = earlier(best);
        return restore(best);
    }

    private boolean isRefused(ChosenState state) throws Exception {
        return trials++ < MOST_TRIALS && trial.isRefused(state);
    }

    /** Gives back what was lost, where the state is refused all the same. */
    private ChosenState restore(ChosenState refused) throws Exception {
        FailurePoint point = refused.point();
        long time = new Story(refused).moment().time();
        ChosenState nothingLost = ChosenState.upTo(point, time);
        if (same(nothingLost, refused) || isRefused(nothingLost)) {
            return nothingLost;
        }
        ChosenState best = refused;
        List<Unit> units = point.units();
        for (int i = 0; i < units.size(); i++) {
            long whole = units.get(i).upTo(time);
            if (best.choice(i) != whole) {
                ChosenState next = best.with(i, whole);
                best = isRefused(next) ? next : partly(best, i, time);
            }
        }
        return best;
    }

    /** Of a unit that must lose something, the last stores only. */
    private ChosenState partly(ChosenState state, int unit, long time) throws Exception {
        List<PendingStore> stores = state.point().units().get(unit).stores();
        for (int i = stores.size() - 1; i >= 0; i--) {
            long before = stores.get(i).time() - 1;
            if (stores.get(i).time() <= time) {
                ChosenState next =
                        state.with(unit, state.point().units().get(unit).upTo(before));
                if (new Story(next).lost().size() >= new Story(state).lost().size()) {
                    return state;
                }
                if (isRefused(next)) {
                    return next;
                }
            }
        }
        return state;
    }

    /** Lets the crash come before stores that need not have been made. */
    private ChosenState earlier(ChosenState refused) throws Exception {
        ChosenState best = refused;
        List<PendingStore> survived = new Story(best).survived();
        for (int i = survived.size() - 1; i >= 0; i--) {
            ChosenState next = without(best, survived.get(i));
            if (next == null || same(next, best) || !isRefused(next)) {
                return best;
            }
            best = next;
        }
        return best;
    }

    /** The state without a store and all that came after it. */
    private static ChosenState without(ChosenState state, PendingStore store) {
        List<Unit> units = state.point().units();
        ChosenState next = state;
        for (int i = 0; i < units.size(); i++) {
            long limit = units.get(i).upTo(store.time() - 1);
            if (hasLater(units.get(i), next.choice(i), store.time())) {
                next = next.with(i, limit);
            }
        }
        return next;
    }

    private static boolean hasLater(Unit unit, long choice, long time) {
        List<PendingStore> stores = unit.stores();
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i).time() >= time && unit.fate(i, choice) != Unit.Fate.LOST) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(ChosenState a, ChosenState b) {
        return a.hash() == b.hash();
    }
}
