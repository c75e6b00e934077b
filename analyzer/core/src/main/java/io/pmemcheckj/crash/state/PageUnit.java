package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A page of the page cache: the kernel writes it to the disk as it is at any moment. If that write is interrupted, each
 * sector is from that moment or from the one before: states are a moment, or two moments and which sectors are of the later.
 */
final class PageUnit extends Unit {
    static final int SECTOR = 512;

    /** Indices of the sectors that are stored to, ascending. */
    private int[] sectors;

    PageUnit(CrashFile file, long start, int length) {
        super(file, start, length);
    }

    @Override
    void changed() {
        super.changed();
        sectors = null;
    }

    private int[] sectors() {
        if (sectors == null) {
            TreeSet<Integer> touched = new TreeSet<>();
            for (Step step : steps) {
                for (int sector = step.from() / SECTOR; sector * SECTOR < step.to(); sector++) {
                    touched.add(sector);
                }
            }
            sectors = touched.stream().mapToInt(Integer::intValue).toArray();
        }
        return sectors;
    }

    private long moments() {
        return steps.size() + 1L;
    }

    /** Which sectors can be of the later moment, neither none nor all of them. */
    private long masks() {
        return (1L << sectors().length) - 2;
    }

    @Override
    public long states() {
        return moments() + (sectors().length < 2 ? 0 : moments() * (moments() - 1) / 2 * masks());
    }

    @Override
    public long all() {
        return steps.size();
    }

    @Override
    public long upTo(long time) {
        return stepsUpTo(time);
    }

    /** A state by what it is made of. */
    private record Torn(int earlier, int later, long mask) {}

    private Torn torn(long state) {
        long rest = state - moments();
        long pair = rest / masks();
        // pair counts (0,1), (0,2), (1,2), (0,3), ...
        int later = (int) ((1 + Math.sqrt(1 + 8.0 * pair)) / 2);
        while ((long) later * (later - 1) / 2 > pair) {
            later--;
        }
        while ((long) later * (later + 1) / 2 <= pair) {
            later++;
        }
        return new Torn((int) (pair - (long) later * (later - 1) / 2), later, rest % masks() + 1);
    }

    private long number(int earlier, int later, long mask) {
        return moments() + ((long) later * (later - 1) / 2 + earlier) * masks() + mask - 1;
    }

    @Override
    void apply(long state, byte[] bytes) {
        if (state < moments()) {
            for (Step step : steps.subList(0, (int) state)) {
                step.apply(bytes, start());
            }
            return;
        }
        Torn torn = torn(state);
        for (int i = 0; i < torn.later(); i++) {
            Step step = steps.get(i);
            if (i < torn.earlier()) {
                step.apply(bytes, start());
            } else {
                for (int s = 0; s < sectors().length; s++) {
                    if ((torn.mask() >> s & 1) != 0) {
                        step.apply(bytes, start(), sectors()[s] * SECTOR, (sectors()[s] + 1) * SECTOR);
                    }
                }
            }
        }
    }

    @Override
    public Fate fate(int store, long state) {
        if (state < moments()) {
            return store < state ? Fate.SURVIVED : Fate.LOST;
        }
        Torn torn = torn(state);
        if (store < torn.earlier()) {
            return Fate.SURVIVED;
        }
        if (store >= torn.later()) {
            return Fate.LOST;
        }
        Step step = steps.get(store);
        boolean some = false;
        boolean every = true;
        for (int s = 0; s < sectors().length; s++) {
            int low = sectors()[s] * SECTOR;
            if (step.from() < low + SECTOR && step.to() > low) {
                boolean there = (torn.mask() >> s & 1) != 0;
                some |= there;
                every &= there;
            }
        }
        return every ? Fate.SURVIVED : some ? Fate.TORN : Fate.LOST;
    }

    @Override
    public long[] partial(int most) {
        List<Long> found = new ArrayList<>();
        int last = steps.size();
        for (int s = 0; s < sectors().length && sectors().length > 1 && found.size() < most / 2; s++) {
            found.add(number(0, last, 1L << s)); // one sector alone
            long missing = (1L << sectors().length) - 1 & ~(1L << s);
            if (sectors().length > 2) {
                found.add(number(0, last, missing));
            }
        }
        for (int moment = 1; moment < last && found.size() < most; moment++) {
            found.add((long) moment);
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }
}
