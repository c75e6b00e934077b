package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stretch of a file that a crash leaves in one of several states, whatever becomes of other units. The states are
 * numbered: 0 is nothing of what is on its way, {@link #all} is all of it.
 */
public abstract class Unit {
    /** A unit with more states than this is not enumerated. */
    static final long MOST_ENUMERATED = 1 << 14;
    /** Of more steps than this, some are taken together with the next. */
    private static final int MOST_STEPS = 1024;

    private static final long NONE = -1;

    /** What became of a store in a state. */
    public enum Fate {
        LOST,
        TORN,
        SURVIVED;

        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final CrashFile file;
    private final long start;
    private final int length;
    final List<Step> steps = new ArrayList<>();
    /** Number of steps in its life. */
    private long count;
    /** A number of steps that will become persistent together. */
    private long marked;

    private boolean coarse;

    private long[] distinct;
    private long recentState = NONE;
    private byte[] recentContent;
    private final Map<Long, Long> hashes = new HashMap<>();

    Unit(CrashFile file, long start, int length) {
        this.file = file;
        this.start = start;
        this.length = length;
    }

    public CrashFile file() {
        return file;
    }

    /** Offset in the file of its first byte. */
    public long start() {
        return start;
    }

    /** In bytes. */
    public int length() {
        return length;
    }

    void add(PendingStore store) {
        steps.add(Step.of(store, ++count, start, length));
        if (steps.size() > MOST_STEPS) {
            coarsen();
        }
        changed();
    }

    /** Of the older half of the steps, takes two and two together: the moment between them is left out. */
    private void coarsen() {
        coarse = true;
        byte[] bytes = current();
        List<Step> fewer = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            step.apply(bytes, start);
            boolean together = i + 1 < MOST_STEPS / 2 && step.number() != marked;
            if (together) {
                Step next = steps.get(++i);
                next.apply(bytes, start);
                step = joined(step, next, bytes);
            }
            fewer.add(step);
        }
        steps.clear();
        steps.addAll(fewer);
    }

    private Step joined(Step first, Step second, byte[] bytes) {
        int from = Math.min(first.from(), second.from());
        int to = Math.max(first.to(), second.to());
        PendingStore last = second.store();
        PendingStore both = new PendingStore(
                file,
                last.time(),
                last.thread(),
                last.site(),
                last.stack(),
                start + from,
                Arrays.copyOfRange(bytes, from, to));
        return new Step(both, second.number(), from, to);
    }

    /** Whether there were so many stores that some moments between them are left out. */
    public final boolean isCoarse() {
        return coarse;
    }

    /** Forgets what was worked out of the steps. */
    void changed() {
        distinct = null;
        recentState = NONE;
        recentContent = null;
        hashes.clear();
    }

    /** What is there now is on its way to be persistent. @return a number for {@link #persist} */
    long mark() {
        marked = count;
        return count;
    }

    /** What was there at a mark is persistent. @return the latest store of that, null if it is no news */
    PendingStore persist(long mark) {
        int now = 0;
        while (now < steps.size() && steps.get(now).number() <= mark) {
            now++;
        }
        if (now == 0) {
            return null;
        }
        byte[] bytes = current();
        for (Step step : steps.subList(0, now)) {
            step.apply(bytes, start);
        }
        writeBack(bytes, 0, now);
        PendingStore last = steps.get(now - 1).store();
        steps.subList(0, now).clear();
        changed();
        return last;
    }

    /** The file was cut: what was stored behind its new end means nothing any more. */
    void truncate(long end) {
        steps.removeIf(step -> start + step.from() >= end);
        changed();
    }

    /** Whether something that was there at a mark is on its way still. */
    boolean holdsUpTo(long mark) {
        return !steps.isEmpty() && steps.get(0).number() <= mark;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    private void writeBack(byte[] bytes, int first, int last) {
        int low = length;
        int high = 0;
        for (Step step : steps.subList(first, last)) {
            low = Math.min(low, step.from());
            high = Math.max(high, step.to());
        }
        file.content().write(start + low, bytes, low, high - low);
    }

    /** What is on its way, in the order of the program. */
    public final List<PendingStore> stores() {
        return steps.stream().map(Step::store).toList();
    }

    /** What it holds for certain. */
    public final byte[] current() {
        byte[] bytes = new byte[length];
        file.content().read(start, bytes);
        return bytes;
    }

    /** What it holds in a state. Not to be changed. */
    public final byte[] content(long state) {
        if (state != recentState) {
            byte[] bytes = current();
            apply(state, bytes);
            recentContent = bytes;
            recentState = state;
        }
        return recentContent;
    }

    /** How many states there are; different ones may have the same content. */
    public abstract long states();

    /** The state that holds everything. */
    public abstract long all();

    /** The state that holds what was stored up to a time, and nothing that came later. */
    public abstract long upTo(long time);

    /** Puts what a state holds over what is certain. */
    abstract void apply(long state, byte[] bytes);

    /** What became of one of the {@link #stores}. */
    public abstract Fate fate(int store, long state);

    /** Number of the steps made by a time. */
    final int stepsUpTo(long time) {
        int count = 0;
        while (count < steps.size() && steps.get(count).store().time() <= time) {
            count++;
        }
        return count;
    }

    /** What a state adds to the hash of the whole. */
    public final long hash(long state) {
        return hashes.computeIfAbsent(state, this::computeHash);
    }

    private long computeHash(long state) {
        byte[] now = current();
        byte[] then = now.clone();
        apply(state, then);
        int low = length;
        int high = 0;
        for (Step step : steps) {
            low = Math.min(low, step.from());
            high = Math.max(high, step.to());
        }
        long hash = 0;
        for (int i = low; i < high; i++) {
            if (now[i] != then[i]) {
                hash += file.content().hash(start + i, then[i]) - file.content().hash(start + i, now[i]);
            }
        }
        return hash;
    }

    /** One state for each content that is possible, ascending; null where there are too many states to tell. */
    public final long[] distinct() {
        if (states() > MOST_ENUMERATED) {
            return null;
        }
        if (distinct == null) {
            Set<Long> seen = new HashSet<>();
            long[] found = new long[(int) states()];
            int count = 0;
            for (long state = 0; state < states(); state++) {
                if (seen.add(hash(state))) {
                    found[count++] = state;
                }
            }
            distinct = Arrays.copyOf(found, count);
        }
        return distinct.clone();
    }

    /** States between nothing and all that are worth a look before others: one store more and more, then torn ones. */
    public abstract long[] partial(int most);
}
