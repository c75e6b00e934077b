package io.pmemcheckj.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import jdk.internal.misc.Unsafe;

/** Segments of java.lang.foreign, which the JDK that this is compiled for does not have. */
final class ForeignSegments {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final Class<?> TYPE = type();
    private static final MethodHandle ADDRESS = handle("address", long.class);
    private static final MethodHandle BYTE_SIZE = handle("byteSize", long.class);
    private static final MethodHandle IS_NATIVE = handle("isNative", boolean.class);
    private static final MethodHandle HEAP_BASE = handle("heapBase", Optional.class);

    /** Its result is an int or a long, as the JDK has it. */
    private static final MethodHandle BASE_OFFSET = baseOffset();

    /** Structures that functions take by value are small. */
    private static final int SCRATCH = 256;

    private static final ThreadLocal<Long> COPIES = new ThreadLocal<>();

    private ForeignSegments() {}

    private static Class<?> type() {
        try {
            return Class.forName("java.lang.foreign.MemorySegment");
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static MethodHandle handle(String name, Class<?> result) {
        if (TYPE == null) {
            return null;
        }
        try {
            return MethodHandles.lookup()
                    .findVirtual(TYPE, name, MethodType.methodType(result))
                    .asType(MethodType.methodType(result, Object.class));
        } catch (ReflectiveOperationException e) {
            return null; // in a preview of the API
        }
    }

    private static MethodHandle baseOffset() {
        for (Class<?> result : new Class<?>[] {long.class, int.class}) {
            try {
                return MethodHandles.lookup()
                        .findVirtual(Unsafe.class, "arrayBaseOffset", MethodType.methodType(result, Class.class))
                        .bindTo(U)
                        .asType(MethodType.methodType(long.class, Class.class));
            } catch (ReflectiveOperationException e) {
                // then it is the other one
            }
        }
        return null;
    }

    static boolean isType(Class<?> type) {
        return HEAP_BASE != null && type == TYPE;
    }

    private static boolean isSegment(Object of) {
        return HEAP_BASE != null && TYPE.isInstance(of);
    }

    /** Where a segment begins in memory, 0 on the heap. */
    static long address(Object of) {
        require(of, "address()");
        return isOnHeap(of) ? 0 : call(ADDRESS, of);
    }

    static long byteSize(Object of) {
        require(of, "length()");
        return call(BYTE_SIZE, of);
    }

    /**
     * What a native function gets or gives, a pointer or a structure by value: the address of its bytes. Of a structure on the
     * heap they are a copy, which this thread's next such argument replaces.
     *
     * @return 0 for what cannot be shown
     */
    static long structure(Object of) {
        try {
            if (!isSegment(of)) {
                return 0;
            }
            return isOnHeap(of) ? copy(of) : call(ADDRESS, of);
        } catch (Throwable e) {
            Recorder.giveUp();
            return 0;
        }
    }

    private static long copy(Object of) throws Throwable {
        Object base = base(of);
        long size = call(BYTE_SIZE, of);
        if (base == null || size > SCRATCH || !base.getClass().isArray()) {
            return 0;
        }
        Long copy = COPIES.get();
        if (copy == null) {
            copy = U.allocateMemory(SCRATCH);
            COPIES.set(copy);
        }
        long offset = (long) BASE_OFFSET.invokeExact((Class) base.getClass()) + call(ADDRESS, of);
        U.copyMemory(base, offset, null, copy, size);
        return copy;
    }

    private static void require(Object of, String function) {
        if (!isSegment(of)) {
            throw new Operand.MissingException(
                    function + " is of buffers, arrays and memory segments, not of " + Operand.nameOf(of));
        }
    }

    private static boolean isOnHeap(Object of) {
        try {
            return !(boolean) IS_NATIVE.invokeExact(of);
        } catch (Throwable e) {
            throw new Operand.MissingException(String.valueOf(e));
        }
    }

    /** The array of a segment on the heap, null where that is not shown to anybody. */
    private static Object base(Object of) {
        try {
            Optional<?> array = (Optional) HEAP_BASE.invokeExact(of);
            return array.orElse(null);
        } catch (Throwable e) {
            throw new Operand.MissingException(String.valueOf(e));
        }
    }

    private static long call(MethodHandle handle, Object of) {
        try {
            return (long) handle.invokeExact(of);
        } catch (Throwable e) {
            throw new Operand.MissingException(String.valueOf(e));
        }
    }
}
