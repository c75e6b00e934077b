package io.pmemcheckj.runtime;

import jdk.internal.misc.Unsafe;

/**
 * Finds the recorder of the current thread: a table indexed by thread id, checked by identity, because a ThreadLocal
 * costs more than a store. Virtual threads share the recorder of their carrier, so there are never more recorders than
 * platform threads alive at one time; that of a dead thread is handed to the next.
 */
final class Recorders {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long TID = U.objectFieldOffset(Thread.class, "tid");
    private static final int SIZE = 1 << 14;
    private static final int PROBES = 64;

    /** Recorders of platform threads; never null. */
    static final Recorder[] TABLE = new Recorder[SIZE];
    /** Recorders that carriers keep for the virtual threads they run. */
    private static final Recorder[] CARRIED = new Recorder[SIZE];
    /** Where virtual threads left their latest mark. Threads that share a place only lose marks by that. */
    private static final Recorder[] MARKED = new Recorder[SIZE];

    private static final SpinLock LOCK = new SpinLock();

    private static final Recorder NONE = new Recorder(0);
    /** Whether some recorder is not in its thread's first place. */
    private static volatile boolean displaced;

    private static int created;
    private static int searched;

    static {
        clear(TABLE);
        clear(CARRIED);
        clear(MARKED);
    }

    private Recorders() {}

    /** Copies ever longer parts: the program waits for this, and a loop over all takes long before it is compiled. */
    private static void clear(Recorder[] table) {
        table[0] = NONE;
        for (int filled = 1; filled < SIZE; filled *= 2) {
            System.arraycopy(table, 0, table, filled, filled);
        }
    }

    static void warmUp() {
        StackLook.warmUp();
        current();
        forgetAll();
    }

    static int slot(Thread thread) {
        return (int) U.getLong(thread, TID) & SIZE - 1;
    }

    static int id(Thread thread) {
        return (int) U.getLong(thread, TID);
    }

    /** The recorder of the current thread, made if need be, and set to record for this thread. */
    static Recorder current() {
        Thread thread = Thread.currentThread();
        Recorder recorder = TABLE[slot(thread)];
        return recorder.owner == thread ? recorder : find(thread);
    }

    /** The recorder of the current thread if it has one and has not been unmounted since it recorded, else null. */
    static Recorder existing() {
        Thread thread = Thread.currentThread();
        Recorder recorder = TABLE[slot(thread)];
        if (recorder.owner == thread) {
            return recorder;
        }
        Thread carrier = Carrier.of(thread);
        recorder = look(carrier == thread ? TABLE : CARRIED, carrier);
        return recorder == null || carrier == thread || recorder.isFor(thread) ? recorder : null;
    }

    /** The recorder of the current thread if it can know anything that others do not, else null. */
    static Recorder knowing() {
        Thread thread = Thread.currentThread();
        Recorder recorder = TABLE[slot(thread)];
        if (recorder.owner == thread) {
            return recorder;
        }
        if (Carrier.of(thread) != thread) {
            return find(thread); // what it recorded before may be with another carrier
        }
        return displaced ? look(TABLE, thread) : null;
    }

    /** The recorder of a thread that is not in its first place in the table. */
    static Recorder find(Thread thread) {
        Thread carrier = Carrier.of(thread);
        if (carrier == thread) {
            return find(TABLE, thread);
        }
        Recorder recorder = find(CARRIED, carrier);
        recorder.recordFor(thread, MARKED[slot(thread)] == recorder);
        return recorder;
    }

    /**
     * Remembers the call site of a virtual thread, if its carrier records at all. A thread that waits within the call may
     * go on with another carrier, which may still hold a mark that the thread made there before.
     */
    static void markCarried(Thread thread, int site) {
        Thread carrier = Carrier.of(thread);
        if (carrier == thread) {
            return;
        }
        Recorder recorder = CARRIED[slot(carrier)];
        if (recorder.owner == carrier) {
            recorder.site = site;
            recorder.siteOwner = thread;
        } else {
            recorder = NONE;
        }
        int place = slot(thread);
        if (MARKED[place] != recorder) {
            MARKED[place] = recorder;
        }
    }

    private static Recorder find(Recorder[] table, Thread thread) {
        Recorder recorder = look(table, thread);
        return recorder != null ? recorder : create(table, thread, slot(thread));
    }

    private static Recorder look(Recorder[] table, Thread thread) {
        int first = slot(thread);
        for (int i = 0; i < PROBES; i++) {
            Recorder recorder = table[first + i & SIZE - 1];
            if (recorder.owner == thread) {
                return recorder;
            }
        }
        return null;
    }

    private static Recorder create(Recorder[] table, Thread thread, int first) {
        try {
            Recorder recorder = claim(table, thread, first);
            if (recorder != NONE) {
                recorder.adopt(thread); // without the lock: it may have to wait for a chunk
            }
            return recorder;
        } catch (Throwable e) {
            Recorder.giveUp();
            return NONE;
        }
    }

    private static Recorder claim(Recorder[] table, Thread thread, int first) {
        LOCK.lock();
        try {
            return claimLocked(table, thread, first);
        } finally {
            LOCK.unlock();
        }
    }

    private static Recorder claimLocked(Recorder[] table, Thread thread, int first) {
        for (int i = 0; i < PROBES; i++) {
            int at = first + i & SIZE - 1;
            Recorder old = table[at];
            if (old == NONE || !old.owner.isAlive()) {
                Recorder recorder = old == NONE ? idle(table) : old;
                if (recorder == null) {
                    recorder = new Recorder(++created);
                }
                recorder.owner = thread;
                displaced = displaced || i > 0;
                table[at] = recorder;
                return recorder;
            }
        }
        Ring.lost(io.pmemcheckj.trace.layout.RingLayout.LOST_THREADS);
        return NONE;
    }

    /** Takes the recorder of a dead thread out of the table. */
    private static Recorder idle(Recorder[] table) {
        if (created < 8) {
            return null; // not worth the search
        }
        for (int i = 0; i < SIZE; i++) {
            int at = searched++ & SIZE - 1; // the dead are not where the search ended last time
            Recorder recorder = table[at];
            if (recorder != NONE && !recorder.owner.isAlive()) {
                table[at] = NONE;
                return recorder;
            }
        }
        return null;
    }

    /**
     * Waits for all threads that may be reading what they stored to memory that is no segment any more. A program may
     * unmap while others store: the JDK lets those finish their store, but knows nothing of the recorder's look at it.
     */
    static void awaitReaders() {
        U.fullFence();
        awaitReaders(TABLE);
        awaitReaders(CARRIED);
    }

    private static void awaitReaders(Recorder[] table) {
        for (Recorder recorder : table) {
            for (int naps = 0; recorder.isReading(); naps++) {
                Ring.nap(naps);
            }
        }
    }

    static synchronized void forgetAll() {
        clear(TABLE);
        clear(CARRIED);
        clear(MARKED);
        created = 0;
        Sites.forgetSeen();
    }
}
