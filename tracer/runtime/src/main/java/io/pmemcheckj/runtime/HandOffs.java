package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.nio.Buffer;
import java.nio.MappedByteBuffer;
import jdk.internal.misc.Unsafe;

/**
 * What threads make visible to each other: the actions that synchronize by The Java Language Specification, 17.4.4, as
 * releases before and acquires after them. Woven code of the program and of java.util.concurrent calls this, where loads are
 * recorded.
 *
 * <p>Two filters keep the events few. A thread that did nothing recorded since it last released an object does not
 * release it again; and nothing is acquired on which nobody has released anything new.
 */
public final class HandOffs {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long ADDRESS = U.objectFieldOffset(Buffer.class, "address");
    private static final int COUNTS = 1 << 16;
    private static final int SPREAD = 0x9E3779B9; // 2^32 divided by the golden ratio

    /** Whether anything calls this. */
    static boolean on;

    /** How often objects were released, by their numbers; those that share a place only seem to be released more often. */
    private static final long RELEASED = allocate();

    /** By number of a field: whether it is volatile. Set when the class that declares it is woven, which is before its use. */
    private static volatile boolean[] volatileFields = {};

    private HandOffs() {}

    private static long allocate() {
        long counts = U.allocateMemory((long) Integer.BYTES * COUNTS);
        U.setMemory(counts, (long) Integer.BYTES * COUNTS, (byte) 0);
        return counts;
    }

    /** Fields with this number are volatile. */
    static synchronized void addVolatileField(int field) {
        boolean[] fields = volatileFields;
        if (field >= fields.length) {
            boolean[] more = new boolean[Math.max(field + 1, 2 * fields.length)];
            System.arraycopy(fields, 0, more, 0, fields.length);
            fields = more;
        }
        fields[field] = true;
        volatileFields = fields;
    }

    private static boolean isVolatile(int field) {
        boolean[] fields = volatileFields;
        return field < fields.length && fields[field];
    }

    /** The thread is about to do what makes all it did visible to those who acquire the object. */
    public static void release(Object object) {
        if (object != null && Tracked.ranges.length != 0 && !isSegment(object)) {
            released(number(object));
        }
    }

    /** The thread has done what makes visible to it what others released on the object. */
    public static void acquire(Object object) {
        if (object != null && Tracked.ranges.length != 0 && !isSegment(object)) {
            acquired(number(object));
        }
    }

    /** The thread is about to leave a monitor, which may be that of a mapped buffer. */
    public static void releaseMonitor(Object object) {
        if (object != null && Tracked.ranges.length != 0) {
            released(number(object));
        }
    }

    /** The thread has entered a monitor. */
    public static void acquireMonitor(Object object) {
        if (object != null && Tracked.ranges.length != 0) {
            acquired(number(object));
        }
    }

    /** A field is about to be written that may be volatile. */
    public static void release(Object object, int field) {
        if (isVolatile(field)) {
            release(object);
        }
    }

    /** A field has been read that may be volatile. */
    public static void acquire(Object object, int field) {
        if (isVolatile(field)) {
            acquire(object);
        }
    }

    /** A static field is about to be written that may be volatile. */
    public static void releaseStatic(int field) {
        if (isVolatile(field) && Tracked.ranges.length != 0) {
            released(~field);
        }
    }

    /** A static field has been read that may be volatile. */
    public static void acquireStatic(int field) {
        if (isVolatile(field) && Tracked.ranges.length != 0) {
            acquired(~field);
        }
    }

    private static int number(Object object) {
        return System.identityHashCode(object);
    }

    /** What is stored to a mapped file and loaded from it synchronizes by itself, value by value. */
    private static boolean isSegment(Object object) {
        return object instanceof MappedByteBuffer && Tracked.withinBounds(U.getLong(object, ADDRESS));
    }

    private static void released(int object) {
        Recorder recorder = Recorders.knowing();
        if (recorder != null && recorder.isNewRelease(spread(object))) {
            recorder.handOff(RecordLayout.RELEASE, object & 0xffff_ffffL);
            recorder.releasedItself(spread(object), U.getAndAddInt(null, place(object), 1));
        }
    }

    private static void acquired(int object) {
        int count = U.getIntVolatile(null, place(object));
        if (count != 0) {
            Recorder recorder = Recorders.current();
            if (recorder.isNewAcquire(spread(object), count)) {
                recorder.handOff(RecordLayout.ACQUIRE, object & 0xffff_ffffL);
            }
        }
    }

    /** A recorder begins to record for a thread: what was done before it was started is visible to it. */
    static void begin(Recorder recorder, Thread thread) {
        int object = number(thread);
        if (recorder.isNewAcquire(spread(object), U.getIntVolatile(null, place(object)))) {
            recorder.handOff(RecordLayout.ACQUIRE, object & 0xffff_ffffL);
        }
    }

    private static int spread(int object) {
        return (object + Recorders.id(Thread.currentThread())) * SPREAD; // carriers record for many threads
    }

    private static long place(int object) {
        return RELEASED + (long) Integer.BYTES * (object & COUNTS - 1);
    }
}
