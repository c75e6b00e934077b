package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of persistent memory: some prefix of its stores reaches the medium, because a line is written back as it is at some
 * moment; of a store that is wider than eight bytes maybe a part, from either end, because eight aligned bytes are what is
 * written as one (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 3, 9.1.1 and 12.10).
 */
final class LineUnit extends Unit {
    static final int LINE = 64;
    private static final int WORD = 8;

    /**
     * @param whole number of steps that are there
     * @param from index of the first byte of the next step that is there, too
     * @param to index behind the last; equal to {@code from} for none
     */
    private record State(int whole, int from, int to) {}

    private List<State> states;
    /** By number of steps, the state that holds them and nothing else. */
    private int[] wholes;

    LineUnit(CrashFile file, long start, int length) {
        super(file, start, length);
    }

    @Override
    void changed() {
        super.changed();
        states = null;
    }

    private List<State> list() {
        if (states == null) {
            states = new ArrayList<>();
            states.add(new State(0, 0, 0));
            wholes = new int[steps.size() + 1];
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                int first = WORD - step.from() % WORD + step.from();
                for (int cut = first; cut < step.to(); cut += WORD) {
                    states.add(new State(i, step.from(), cut));
                    states.add(new State(i, cut, step.to()));
                }
                wholes[i + 1] = states.size();
                states.add(new State(i + 1, 0, 0));
            }
        }
        return states;
    }

    @Override
    public long states() {
        return list().size();
    }

    @Override
    public long all() {
        return list().size() - 1;
    }

    @Override
    public long upTo(long time) {
        return wholeState(stepsUpTo(time));
    }

    private int wholeState(int whole) {
        list();
        return wholes[whole];
    }

    @Override
    void apply(long number, byte[] bytes) {
        State state = list().get((int) number);
        for (Step step : steps.subList(0, state.whole())) {
            step.apply(bytes, start());
        }
        if (state.from() < state.to()) {
            steps.get(state.whole()).apply(bytes, start(), state.from(), state.to());
        }
    }

    @Override
    public Fate fate(int store, long number) {
        State state = list().get((int) number);
        if (store < state.whole()) {
            return Fate.SURVIVED;
        }
        return store == state.whole() && state.from() < state.to() ? Fate.TORN : Fate.LOST;
    }

    @Override
    public long[] partial(int most) {
        List<Long> found = new ArrayList<>();
        for (int whole = 1; whole < steps.size() && found.size() < most; whole++) {
            found.add((long) wholeState(whole));
        }
        for (int i = 1; i < list().size() - 1 && found.size() < most; i++) {
            if (list().get(i).from() < list().get(i).to()) {
                found.add((long) i);
            }
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }
}
