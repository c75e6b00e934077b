package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.ChosenState;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.state.Unit;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The states that the check can tell apart. What it has not read cannot have led it where it went; so from each state that was
 * judged, only units that the check has read are varied, and only by what it has read of them (Gorjiara, Xu and Demsky, Jaaru,
 * ASPLOS 2021). That holds if the check does the same on equal files, and reads in ways that are traced; both are tried by
 * states that differ in nothing that was read.
 */
public final class ReadCover implements Engine {
    private static final int PROBES = 3;

    private final Function<State, ReadLog> reads;
    private final Function<State, Boolean> verdicts;
    private final BitSet complete = new BitSet();
    private final SplittableRandom random;
    private String doubt;

    /**
     * @param reads what the check has read of a state that was judged; null where that is not known
     * @param verdicts whether a state that was judged is consistent
     */
    public ReadCover(Function<State, ReadLog> reads, Function<State, Boolean> verdicts, long seed) {
        this.reads = reads;
        this.verdicts = verdicts;
        random = new SplittableRandom(seed);
    }

    /** Why what was not looked at might matter all the same, in words; or null. */
    public String doubt() {
        return doubt;
    }

    @Override
    public void choose(FailurePoint point, int round, Predicate<State> check) {
        if (!AllStates.canBeListed(point)) {
            Engines.of(Engines.DEFAULT, 0).choose(point, 0, check);
            return;
        }
        Set<Long> met = new HashSet<>();
        Deque<ChosenState> open = new ArrayDeque<>();
        open.push(ChosenState.all(point));
        boolean probed = false;
        while (!open.isEmpty()) {
            ChosenState state = open.pop();
            if (!met.add(state.hash())) {
                continue;
            }
            if (!check.test(state)) {
                return;
            }
            ReadLog log = reads.apply(state);
            if (log == null) {
                doubt = "of some states it is not known what the check reads";
                return;
            }
            branch(state, log, open);
            if (!probed && !probe(state, log, check)) {
                return;
            }
            probed = true;
        }
        complete.set((int) point.number());
    }

    /** Opens the states whose difference the check would notice, the later ones of what it reads first. */
    private static void branch(ChosenState state, ReadLog log, Deque<ChosenState> open) {
        List<Unit> units = state.point().units();
        ChosenState prefix = ChosenState.all(state.point());
        for (int index : log.units(units)) {
            Unit unit = units.get(index);
            Set<ByteBuffer> seen = new HashSet<>();
            seen.add(ByteBuffer.wrap(log.seen(unit, unit.content(state.choice(index)))));
            long[] distinct = unit.distinct();
            for (int i = distinct.length - 1; i >= 0; i--) {
                if (seen.add(ByteBuffer.wrap(log.seen(unit, unit.content(distinct[i]))))) {
                    open.push(prefix.with(index, distinct[i]));
                }
            }
            prefix = prefix.with(index, state.choice(index));
        }
    }

    /** Tries whether what was not read makes no difference indeed. @return false if no more states are wanted */
    private boolean probe(ChosenState state, ReadLog log, Predicate<State> check) {
        List<Unit> units = state.point().units();
        Set<Integer> read = new HashSet<>(log.units(units));
        if (read.size() == units.size()) {
            return true;
        }
        for (int i = 0; i < PROBES; i++) {
            ChosenState other = state;
            for (int unit = 0; unit < units.size(); unit++) {
                if (!read.contains(unit)) {
                    long[] distinct = units.get(unit).distinct();
                    other = other.with(unit, distinct[random.nextInt(distinct.length)]);
                }
            }
            if (other.hash() != state.hash()) {
                if (!check.test(other)) {
                    return false;
                }
                if (!verdicts.apply(other).equals(verdicts.apply(state))) {
                    doubt = "the verdict of the check depends on bytes that it was not seen to read, or on chance";
                }
            }
        }
        return true;
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
