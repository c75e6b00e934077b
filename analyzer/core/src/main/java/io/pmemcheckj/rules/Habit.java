package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.OrderHabits;
import io.pmemcheckj.memory.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was durable when commit stores were made, all to one place or all by one site: of each site that stores data, and of
 * everything the thread had stored to the file, since its commit store before.
 */
final class Habit {
    /** Beyond these, what is met is not remembered. */
    private static final int MOST_KINDS = 64;

    private static final int MOST_BREAKS = 32;

    /** Stands for all sites together. */
    static final int ALL_SITES = -1;

    private final Map<Integer, Kind> kinds = new LinkedHashMap<>();
    private final Map<Integer, Long> latestByThread = new HashMap<>();
    private long stores;
    private long commits;

    /** How it went with data of one kind. */
    static final class Kind {
        private long met;
        private long durable;
        private long latest;
        private boolean brokenNow;
        final List<Break> breaks = new ArrayList<>();

        /** Commit stores with data of this kind before them. */
        long met() {
            return met;
        }

        /** Those of them before which all of it was durable. */
        long durable() {
            return durable;
        }
    }

    /** A commit store made while data was not durable. */
    record Break(int commitOwner, int dataOwner, Segment segment, long start, long end) {}

    /** A store of this habit turned out to be one value made durable by itself. */
    void committed() {
        commits++;
    }

    /** A store is about to be made; {@link #data} follows for what the thread stored since the one before. */
    void storing() {
        stores++;
    }

    /** Number of the thread's commit store before, or -1. */
    long latest(int thread) {
        return latestByThread.getOrDefault(thread, -1L);
    }

    void setLatest(int thread, long number) {
        latestByThread.put(thread, number);
    }

    /** Data of a kind precedes the commit store that is about to be made. @param broken why it breaks the order, or null */
    void data(int kind, Break broken) {
        Kind data = kinds.get(kind);
        if (data == null) {
            if (kinds.size() == MOST_KINDS) {
                return;
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
        if (broken != null && !data.brokenNow) {
            data.brokenNow = true;
            data.durable--;
            if (data.breaks.size() < MOST_BREAKS) {
                data.breaks.add(broken);
            }
        }
    }

    Map<Integer, Kind> kinds() {
        return kinds;
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
