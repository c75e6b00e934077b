package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.state.Unit;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** All states of a failure point: every combination of the contents that its units can have. */
public final class AllStates {
    private AllStates() {}

    /** More states of a unit than this are compared only where they are to be looked at. */
    private static final long QUICKLY_COMPARED = 1024;

    /** How many there are. */
    static BigInteger count(FailurePoint point) {
        return count(point, Unit::distinct);
    }

    /** How many there are at most: of units with many states each counts, though their contents may be equal. */
    public static BigInteger countQuickly(FailurePoint point) {
        return count(point, unit -> unit.states() > QUICKLY_COMPARED ? null : unit.distinct());
    }

    private static BigInteger count(FailurePoint point, Function<Unit, long[]> contents) {
        BigInteger count = BigInteger.ONE;
        for (Unit unit : point.units()) {
            long[] distinct = contents.apply(unit);
            count = count.multiply(BigInteger.valueOf(distinct == null ? unit.states() : distinct.length));
        }
        return count;
    }

    /** Whether each unit has so few states that they can be listed. */
    static boolean canBeListed(FailurePoint point) {
        return point.units().stream().allMatch(unit -> unit.distinct() != null);
    }

    /** @return false if no more were wanted */
    static boolean offer(FailurePoint point, Predicate<State> check) {
        List<Unit> units = point.units();
        long[][] distinct = units.stream().map(Unit::distinct).toArray(long[][]::new);
        int[] at = new int[units.size()];
        while (true) {
            long[] choice = new long[at.length];
            for (int i = 0; i < at.length; i++) {
                choice[i] = distinct[i][at[i]];
            }
            if (!check.test(new ChosenState(point, choice))) {
                return false;
            }
            int turn = 0;
            while (turn < at.length && ++at[turn] == distinct[turn].length) {
                at[turn++] = 0;
            }
            if (turn == at.length) {
                return true;
            }
        }
    }
}
