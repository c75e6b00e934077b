package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RingLayout;
import java.nio.Buffer;
import java.nio.charset.StandardCharsets;
import jdk.internal.misc.Unsafe;

/** The writing end of the ring; see {@link RingLayout}. */
final class Ring {
    private static final Unsafe U = Unsafe.getUnsafe();

    /** Set before anything else of the runtime is touched, so that the addresses below are constants to the JIT. */
    static final long BASE = U.getLong(Start.ring, U.objectFieldOffset(Buffer.class, "address"));

    static final long STAMP = BASE + RingLayout.STAMP;

    /** Whether the bytes stored are recorded; as constant as the addresses. */
    static final boolean VALUES = Start.values;

    /** How often a recorder that finds no free chunk yields before it sleeps, and looks between checks of the consumer. */
    private static final int YIELDS = 200;

    private static final int NAPS_OF_ONE_LENGTH = 10;
    private static final int LONGEST_NAP = 20; // milliseconds

    private static final int NAPS_PER_CHECK = 300;

    private Ring() {}

    /**
     * Takes a free chunk, waiting for one as long as a consumer is there to free some.
     *
     * @param recorder number of the recorder that takes it
     * @param sequence the chunk's place among the recorder's chunks
     * @return address of the chunk, or 0 when recording is over
     */
    static long take(int recorder, long sequence) {
        long owned = (long) recorder << RingLayout.SEQUENCE_BITS | sequence;
        for (int naps = 0; !Tracked.disabled(); naps++) {
            int committed = U.getIntVolatile(null, BASE + RingLayout.COMMITTED);
            long hint = U.getAndAddLong(null, BASE + RingLayout.HINT, 1);
            for (int i = 0; i < committed; i++) {
                int chunk = (int) Long.remainderUnsigned(hint + i, committed);
                long state = BASE + RingLayout.STATES + 8L * chunk;
                if (U.getLong(null, state) == 0 && U.compareAndSetLong(null, state, 0, RingLayout.PREPARING)) {
                    long start = BASE + RingLayout.CHUNKS + (long) RingLayout.CHUNK_BYTES * chunk;
                    // Here and not by the consumer: zeroing brings the chunk into the cache of the processor that is
                    // about to fill it, and does so faster than one record after the other would.
                    U.setMemory(start, RingLayout.CHUNK_BYTES, (byte) 0);
                    U.putLongRelease(null, state, owned);
                    return start;
                }
            }
            U.getAndAddLong(null, BASE + RingLayout.STARVED, 1);
            if (naps % NAPS_PER_CHECK == NAPS_PER_CHECK - 1 && !consumerIsThere()) {
                lost(RingLayout.LOST_CONSUMER);
                return 0;
            }
            waitForConsumer(naps);
        }
        return 0;
    }

    /** Waits until everything up to a stamp has been delivered, if there is a consumer to do it. */
    static void awaitDelivery(long stamp) {
        for (int naps = 0; !Tracked.disabled(); naps++) {
            boolean isRead = U.getIntVolatile(null, BASE + RingLayout.AGENT_STATE) == RingLayout.STATE_READY;
            if (!isRead || U.getLongVolatile(null, BASE + RingLayout.DELIVERED) >= stamp) {
                return;
            }
            if (naps % NAPS_PER_CHECK == NAPS_PER_CHECK - 1 && !consumerIsThere()) {
                return; // the next chunk that cannot be had says so
            }
            waitForConsumer(naps);
        }
    }

    private static void waitForConsumer(int naps) {
        long start = System.nanoTime();
        nap(naps);
        U.getAndAddLong(null, BASE + RingLayout.WAITED, System.nanoTime() - start);
    }

    /**
     * Gives up recording for good, and lets the consumer know.
     *
     * @param why one of the LOST_ constants
     */
    static void lost(int why) {
        U.compareAndSetInt(null, BASE + RingLayout.LOST, 0, why); // what follows from it is no reason
        Tracked.disable();
    }

    /**
     * Waits a moment without a trace in the program: no park, which would take a permit that belongs to the program, no
     * lost interrupt, and no unmounting of a virtual thread in the middle of what must look like one store.
     */
    static void nap(int naps) {
        Thread thread = Thread.currentThread();
        if (Carrier.of(thread) != thread || thread.isInterrupted()) {
            Thread.onSpinWait();
        } else if (naps < YIELDS) {
            Thread.yield();
        } else {
            try {
                // Ever longer: thousands that wait for one must let it run.
                Thread.sleep(Math.min(1 + (naps - YIELDS) / NAPS_OF_ONE_LENGTH, LONGEST_NAP));
            } catch (InterruptedException e) {
                thread.interrupt();
            }
        }
    }

    /**
     * Takes a place where the consumer can leave an answer.
     *
     * @return its number, -1 when all are taken
     */
    static int claimAnswer(int thread) {
        for (int i = 0; i < RingLayout.ANSWERS; i++) {
            long at = answer(i);
            if (U.compareAndSetInt(null, at, RingLayout.ANSWER_FREE, RingLayout.ANSWER_PREPARED)) {
                U.putInt(null, at + RingLayout.ANSWER_THREAD, thread);
                U.putIntVolatile(null, at, RingLayout.ANSWER_AWAITED);
                return i;
            }
        }
        return -1;
    }

    /** Gives the place back. @return what the consumer left, null for nothing */
    static String takeAnswer(int number) {
        long at = answer(number);
        String text = null;
        if (U.getIntVolatile(null, at) == RingLayout.ANSWER_GIVEN) {
            byte[] bytes = new byte[Math.min(U.getInt(null, at + RingLayout.ANSWER_LENGTH), RingLayout.ANSWER_MAX)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = U.getByte(null, at + RingLayout.ANSWER_TEXT + i);
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        U.putIntVolatile(null, at, RingLayout.ANSWER_FREE);
        return text;
    }

    private static long answer(int number) {
        return BASE + RingLayout.FIRST_ANSWER + (long) RingLayout.ANSWER_BYTES * number;
    }

    private static boolean consumerIsThere() {
        long pid = U.getLongVolatile(null, BASE + RingLayout.CONSUMER_PID);
        return pid != 0 && new java.io.File("/proc/" + pid).exists();
    }

    static void setProgram(long pid) {
        U.putLongVolatile(null, BASE + RingLayout.PROGRAM_PID, pid);
        U.putIntVolatile(null, BASE + RingLayout.AGENT_STATE, RingLayout.STATE_ATTACHED);
    }

    static void ready() {
        U.putIntVolatile(null, BASE + RingLayout.AGENT_STATE, RingLayout.STATE_READY);
    }

    static void failed(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, RingLayout.MESSAGE_MAX);
        for (int i = 0; i < length; i++) {
            U.putByte(null, BASE + RingLayout.MESSAGE + Integer.BYTES + i, text[i]);
        }
        U.putInt(null, BASE + RingLayout.MESSAGE, length);
        U.putIntVolatile(null, BASE + RingLayout.AGENT_STATE, RingLayout.STATE_FAILED);
    }

    /** Forgets what the self-test recorded, before anybody reads the ring. */
    static void reset() {
        U.putLongVolatile(null, STAMP, 0);
        int committed = U.getIntVolatile(null, BASE + RingLayout.COMMITTED);
        for (int chunk = 0; chunk < committed; chunk++) {
            long state = BASE + RingLayout.STATES + 8L * chunk;
            if (U.getLong(null, state) != 0) {
                U.setMemory(
                        BASE + RingLayout.CHUNKS + (long) RingLayout.CHUNK_BYTES * chunk, RingLayout.CHUNK_BYTES, (byte)
                                0);
                U.putLongVolatile(null, state, 0);
            }
        }
    }
}
