package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RingLayout;
import jdk.internal.misc.Unsafe;

/** Asks the replay what the latest flush of the current thread found. */
final class FlushQuestion {
    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int MOST_NAPS = 1000;

    private FlushQuestion() {}

    /**
     * Waits for the answer, but not long.
     *
     * @param stamp the flush's
     * @param longest nanoseconds to wait at most
     * @return lines in the range, dirty lines, dirty bytes; null when the replay does not say in time
     */
    static long[] ask(long stamp, long longest) {
        long place = claim(stamp);
        if (place == 0) {
            return null;
        }
        U.getAndAddInt(null, Ring.BASE + RingLayout.FLUSHERS_WAIT, 1);
        try {
            long start = System.nanoTime();
            for (int naps = 0; U.getIntVolatile(null, place) != RingLayout.ANSWER_GIVEN; naps++) {
                boolean isLate = Tracked.disabled() || System.nanoTime() - start >= longest;
                if (isLate && U.compareAndSetInt(null, place, RingLayout.ANSWER_AWAITED, RingLayout.ANSWER_FREE)) {
                    return null;
                }
                if (isLate && naps > MOST_NAPS) {
                    return null; // the consumer died while it answered
                }
                Ring.nap(naps);
            }
            long[] found = answer(place);
            U.putIntVolatile(null, place, RingLayout.ANSWER_FREE);
            return found;
        } finally {
            U.getAndAddInt(null, Ring.BASE + RingLayout.FLUSHERS_WAIT, -1);
        }
    }

    private static long claim(long stamp) {
        for (int i = 0; i < RingLayout.MAX_FLUSHES; i++) {
            long place = Ring.BASE + RingLayout.FLUSHES + (long) RingLayout.FLUSH_BYTES * i;
            if (U.compareAndSetInt(null, place, RingLayout.ANSWER_FREE, RingLayout.ANSWER_PREPARED)) {
                U.putInt(null, place + RingLayout.FLUSH_THREAD, Recorders.id(Thread.currentThread()));
                U.putLong(null, place + RingLayout.FLUSH_STAMP, stamp);
                U.putIntVolatile(null, place, RingLayout.ANSWER_AWAITED);
                return place;
            }
        }
        return 0;
    }

    private static long[] answer(long place) {
        long[] found = new long[3];
        for (int i = 0; i < found.length; i++) {
            found[i] = U.getLong(null, place + RingLayout.FLUSH_FOUND + (long) Long.BYTES * i);
        }
        return found;
    }
}
