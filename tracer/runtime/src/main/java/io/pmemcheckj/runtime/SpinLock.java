package io.pmemcheckj.runtime;

import jdk.internal.misc.Unsafe;

/**
 * A lock for the few short moments in which recorders share something. A virtual thread that waits for a monitor may be
 * unmounted and go on with another carrier; but between finding its carrier's recorder and finishing a record it must
 * stay where it is, or two threads write to one recorder. Reentrant.
 */
final class SpinLock {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long OWNER = U.objectFieldOffset(SpinLock.class, "owner");

    private volatile Thread owner;
    /** Only the owner looks at it. */
    private int depth;

    void lock() {
        Thread thread = Thread.currentThread();
        if (owner != thread) {
            for (int naps = 0; !U.compareAndSetReference(this, OWNER, null, thread); naps++) {
                Ring.nap(naps);
            }
        }
        depth++;
    }

    void unlock() {
        if (--depth == 0) {
            owner = null;
        }
    }
}
