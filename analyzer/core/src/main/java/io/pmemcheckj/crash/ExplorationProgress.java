package io.pmemcheckj.crash;

import java.math.BigInteger;

/**
 * How far an exploration is.
 *
 * @param states number of states there are, counted at each failure point; null as long as nobody knows
 * @param maxStates number of states it will check at most
 * @param limit seconds it will take at most
 * @param seconds it has taken
 */
public record ExplorationProgress(
        long checked, long refused, BigInteger states, long maxStates, long limit, long seconds, int findings) {

    /** Share that is done, 0 to 1, by the budget that will be used up first. */
    public double share() {
        double most = states == null
                ? maxStates
                : states.min(BigInteger.valueOf(maxStates)).doubleValue();
        double byStates = most == 0 ? 0 : checked / most;
        double byTime = limit == 0 ? 0 : (double) seconds / limit;
        return Math.min(1, Math.max(byStates, byTime));
    }
}
