package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.State;
import java.util.BitSet;
import java.util.function.Predicate;

/** Every state of every failure point; of those that have too many to list, the extremes. */
final class Exhaustive implements Engine {
    private final BitSet complete = new BitSet();

    @Override
    public void choose(FailurePoint point, int round, Predicate<State> check) {
        if (!AllStates.canBeListed(point)) {
            if (check.test(ChosenState.none(point))) {
                check.test(ChosenState.all(point));
            }
        } else if (AllStates.offer(point, check)) {
            complete.set((int) point.number());
        }
    }

    @Override
    public boolean wantsRound(int round) {
        return round == 0;
    }

    @Override
    public boolean hasChosenAll(FailurePoint point) {
        return complete.get((int) point.number());
    }
}
