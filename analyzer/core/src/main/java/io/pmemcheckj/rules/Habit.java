package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.OrderHabits;
import io.pmemcheckj.memory.LongMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What was durable when commit stores were made, all to one place or all by one site: of each site that stores data, and of
 * everything the thread had stored to the file, since its commit store before.
 */
final class Habit {
    /** Beyond these, what is met is not remembered. */
    private static final int MOST_KINDS = 64;

    /** After so many stores it shows what they are. */
    private static final int ENOUGH = 256;

    /** Stands for all sites together. */
    static final int ALL_SITES = -1;

    private final Map<Integer, Kind> kinds = new HashMap<>();
    /** Numbers of stores, plus 1. */
    private final LongMap latestByThread = new LongMap();

    private long stores;
    private long commits;

    /** How it went with data of one kind. */
    static final class Kind {
        private long met;
        private long durable;
        private long latest;
        private boolean brokenNow;

        /** Commit stores with data of this kind before them. */
        long met() {
            return met;
        }

        /** Those of them before which all of it was durable. */
        long durable() {
            return durable;
        }
    }

    /** A store of this habit turned out to be one value made durable by itself. */
    void committed() {
        commits++;
    }

    /**
     * A store is about to be made; {@link #data} follows for what the thread stored since the one before.
     *
     * @return false if too few of them were commits to go on
     */
    boolean storing() {
        stores++;
        return stores < ENOUGH || 2 * commits > stores;
    }

    /** Number of the thread's commit store before, or -1. */
    long latest(int thread) {
        return latestByThread.get(thread & 0xffffffffL) - 1;
    }

    void setLatest(int thread, long number) {
        latestByThread.put(thread & 0xffffffffL, number + 1);
    }

    /**
     * Data of a kind precedes the commit store that is about to be made.
     *
     * @return the kind if this is the first data of it that is not durable, else null
     */
    Kind data(int kind, boolean durable) {
        Kind data = kinds.get(kind);
        if (data == null) {
            if (kinds.size() == MOST_KINDS) {
                return null;
            }
            data = new Kind();
            kinds.put(kind, data);
        }
        if (data.latest != stores) {
            data.latest = stores;
            data.met++;
            data.durable++;
            data.brokenNow = false;
        }
        if (durable || data.brokenNow) {
            return null;
        }
        data.brokenNow = true;
        data.durable--;
        return data;
    }

    /** Whether the stores of it are commits as a rule. */
    boolean isOfCommits(OrderHabits habits) {
        return habits.hold(commits, stores);
    }

    /**
     * Whether data of the kind is durable before the commit store as a rule. Repetition is the only evidence so far; what
     * loads say of readers, which look at the commit value first, would be another, and here is the place for it.
     */
    boolean isKept(Kind kind, OrderHabits habits) {
        return isOfCommits(habits) && habits.hold(kind.durable, kind.met);
    }
}
