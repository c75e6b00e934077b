package io.pmemcheckj.replay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each thread can know of what others did, by the program's own synchronization: vector clocks over its release and
 * acquire actions (the Java Language Specification, 17.4.5; the clocks as in Flanagan and Freund's FastTrack, 2009).
 *
 * <p>A thread's own clock moves on when it releases and when the caller says so, see {@link #tick}. Only threads whose clock
 * was ever asked for have a place in the vectors, as thousands of others may do no more than pass things on. Vectors are
 * never changed once made, so that many can be the same.
 */
public final class HappensBefore {
    /** Objects remembered; what was released on others is taken to be known to whoever acquires one that is not known. */
    private static final int OBJECTS = 1 << 20;

    /**
     * Places in a vector. Threads beyond share one, and then seem to know of each other: that hides races between them, and
     * keeps the vectors of ten thousand threads short.
     */
    private static final int PLACES = 256;

    private static final int[] NOTHING = {};

    private static final class Clock {
        int[] known = NOTHING;
        int place = -1;
    }

    private final Map<Integer, Clock> clocks = new HashMap<>();
    private int places;
    /** By place: the time of the threads that have it. */
    private final int[] times = new int[PLACES];

    private int[] forgotten = NOTHING;
    private final Map<Long, int[]> released = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, int[]> eldest) {
            if (size() <= OBJECTS) {
                return false;
            }
            forgotten = join(forgotten, eldest.getValue());
            return true;
        }
    };

    private Clock clock(int thread) {
        return clocks.computeIfAbsent(thread, key -> new Clock());
    }

    private Clock placed(int thread) {
        Clock clock = clock(thread);
        if (clock.place < 0) {
            clock.place = places++ % PLACES;
            times[clock.place]++;
        }
        return clock;
    }

    /** The thread's own time now. */
    public int time(int thread) {
        return times[placed(thread).place];
    }

    /** Moves the thread's time on. @return the new time */
    public int tick(int thread) {
        return ++times[placed(thread).place];
    }

    /** What the thread did up to now is known to whoever acquires the object from now on. */
    public void release(int thread, long object) {
        int[] knowledge = knowledge(thread);
        if (knowledge.length == 0) {
            return;
        }
        released.merge(object, knowledge, HappensBefore::join);
        Clock clock = clock(thread);
        if (clock.place >= 0) {
            times[clock.place]++;
        }
    }

    /** The thread knows from now on what was released on the object. */
    public void acquire(int thread, long object) {
        learn(thread, released.getOrDefault(object, forgotten));
    }

    /** What the thread knows now, its own deeds included: to be given to {@link #learn} later. */
    public int[] knowledge(int thread) {
        Clock clock = clock(thread);
        if (clock.place < 0 || clock.place < clock.known.length && clock.known[clock.place] == times[clock.place]) {
            return clock.known;
        }
        clock.known = Arrays.copyOf(clock.known, Math.max(clock.known.length, clock.place + 1));
        clock.known[clock.place] = times[clock.place];
        return clock.known;
    }

    /** The thread knows something from now on. */
    public void learn(int thread, int[] knowledge) {
        if (knowledge.length != 0) {
            Clock clock = clock(thread);
            clock.known = join(clock.known, knowledge);
        }
    }

    /** The thread knows from now on what another did up to a time of that one's own. */
    public void learn(int thread, int other, int time) {
        if (!knows(thread, other, time)) {
            int[] knowledge = new int[placed(other).place + 1];
            knowledge[placed(other).place] = time;
            learn(thread, knowledge);
        }
    }

    /** Whether what another thread did at a time of its own happened before what the thread does now. */
    public boolean knows(int thread, int other, int time) {
        return thread == other || covers(clock(thread).known, other, time);
    }

    /** Whether knowledge covers what a thread did at a time of its own. */
    public boolean covers(int[] knowledge, int other, int time) {
        int place = placed(other).place;
        return place < knowledge.length && knowledge[place] >= time;
    }

    /** The larger of each; one of the two where that says it all. */
    private static int[] join(int[] a, int[] b) {
        if (a == b || b.length == 0) {
            return a;
        }
        boolean within = b.length <= a.length;
        for (int i = 0; within && i < b.length; i++) {
            within = b[i] <= a[i];
        }
        if (within) {
            return a;
        }
        int[] joined = Arrays.copyOf(a, Math.max(a.length, b.length));
        for (int i = 0; i < b.length; i++) {
            joined[i] = Math.max(joined[i], b[i]);
        }
        return joined;
    }
}
