package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.State;
import java.util.function.Predicate;

/**
 * Chooses states. The trace is replayed several times, in rounds, so that what is most likely to show something comes first.
 * Engines with equal arguments choose the same states for the same points.
 */
public interface Engine {

    /**
     * Offers states of a failure point.
     *
     * @param round counts from 0
     * @param check takes a state; false if no more are wanted
     */
    void choose(FailurePoint point, int round, Predicate<State> check);

    /** Whether another round might bring states that none before brought. */
    boolean wantsRound(int round);

    /** Whether all states of a failure point have been offered by now. */
    boolean hasChosenAll(FailurePoint point);

    /** Whether the failure point has been looked at by now. */
    default boolean hasChosenSome(FailurePoint point) {
        return true;
    }
}
