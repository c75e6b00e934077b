package io.pmemcheckj.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.internal.misc.Unsafe;

/** Segments of java.lang.foreign, which the JDK that this is compiled for does not have. */
final class ForeignSegments {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final Class<?> TYPE = type();
    private static final MethodHandle ADDRESS = handle("address", long.class);
    private static final MethodHandle BYTE_SIZE = handle("byteSize", long.class);
    private static final MethodHandle IS_NATIVE = handle("isNative", boolean.class);
    private static final MethodHandle TO_ARRAY = toArray();

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

    /** {@code byte[] toArray(JAVA_BYTE)}. */
    private static MethodHandle toArray() {
        if (TYPE == null) {
            return null;
        }
        try {
            Class<?> layouts = Class.forName("java.lang.foreign.ValueLayout");
            Class<?> layout = Class.forName("java.lang.foreign.ValueLayout$OfByte");
            MethodHandle generic =
                    MethodHandles.lookup().findVirtual(TYPE, "toArray", MethodType.methodType(byte[].class, layout));
            Object bytes = layouts.getField("JAVA_BYTE").get(null);
            return MethodHandles.insertArguments(generic, 1, bytes)
                    .asType(MethodType.methodType(byte[].class, Object.class));
        } catch (ReflectiveOperationException e) {
            return null; // in a preview of the API
        }
    }

    static boolean isType(Class<?> type) {
        return TO_ARRAY != null && type == TYPE;
    }

    private static boolean isSegment(Object of) {
        return TO_ARRAY != null && TYPE.isInstance(of);
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
     */
    static long structure(Object of) {
        try {
            return !isSegment(of) ? 0 : isOnHeap(of) ? copy((byte[]) TO_ARRAY.invokeExact(of)) : call(ADDRESS, of);
        } catch (Throwable e) {
            return 0; // of a model that does not fit, which is no reason to fail the program's call
        }
    }

    private static long copy(byte[] bytes) {
        if (bytes.length > SCRATCH) {
            return 0;
        }
        Long copy = COPIES.get();
        if (copy == null) {
            copy = U.allocateMemory(SCRATCH);
            COPIES.set(copy);
        }
        for (int i = 0; i < bytes.length; i++) {
            U.putByte(copy + i, bytes[i]);
        }
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

    private static long call(MethodHandle handle, Object of) {
        try {
            return (long) handle.invokeExact(of);
        } catch (Throwable e) {
            throw new Operand.MissingException(String.valueOf(e));
        }
    }
}
