package matrix;

import static java.lang.foreign.ValueLayout.*;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Functions of the C library that write, called through a downcall handle. */
public final class Natives {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MEMSET = find("memset", ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MEMCPY = find("memcpy", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle MEMMOVE = find("memmove", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle STRCPY = find("strcpy", ADDRESS, ADDRESS, ADDRESS);
    /** The address as a number, and no result. */
    private static final MethodHandle MEMSET_BY_NUMBER = LINKER.downcallHandle(
            LINKER.defaultLookup().find("memset").orElseThrow(), FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_LONG));
    /** The function is an argument of the call. */
    private static final MethodHandle UNBOUND =
            LINKER.downcallHandle(FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG));
    private static final MemorySegment FUNCTION = LINKER.defaultLookup().find("memset").orElseThrow();
    private static final MethodHandle PWRITE = find("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STRLEN = find("strlen", JAVA_LONG, ADDRESS);

    private Natives() {}

    private static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
    }

    private static MemorySegment to(Memory m, int length) {
        return MappedSegment.ALL.asSlice(m.at, length);
    }

    private static int descriptor;

    private static int descriptor(Memory m) throws Throwable {
        if (descriptor == 0) {
            int readAndWrite = 2;
            descriptor = (int) find("open", JAVA_INT, ADDRESS, JAVA_INT)
                    .invokeExact(Arena.global().allocateFrom(m.file.getPath()), readAndWrite);
        }
        return descriptor;
    }

    public static void add(Rows t) {
        MemorySegment source = Arena.global().allocateFrom(JAVA_BYTE, Memory.bytes(64));
        MemorySegment text = Arena.global().allocateFrom("persist");
        t.row("memset", 64, m -> { MemorySegment r = (MemorySegment) MEMSET.invokeExact(to(m, 64), 0x81, 64L); });
        t.row("memset, bound late", 64, m -> { MemorySegment r = (MemorySegment) UNBOUND.invokeExact(FUNCTION, to(m, 64), 0x81, 64L); });
        t.row("memset, by number", 64, m -> { MEMSET_BY_NUMBER.invokeExact(m.here, 0x81, 64L); });
        t.row("memcpy", 64, m -> { MemorySegment r = (MemorySegment) MEMCPY.invokeExact(to(m, 64), source, 64L); });
        t.row("memcpy, not exact", 64, m -> MEMCPY.invoke(to(m, 64), source, 64L));
        t.row("memcpy out of the mapping", 0, m -> { MemorySegment r = (MemorySegment) MEMCPY.invokeExact(source, source.asSlice(32), 16L); });
        t.row("memmove", 8, m -> { MemorySegment r = (MemorySegment) MEMMOVE.invokeExact(to(m, 8), to(m, 16).asSlice(8), 8L); }).stride(16);
        t.row("strcpy", 8, m -> { MemorySegment r = (MemorySegment) STRCPY.invokeExact(to(m, 8), text); });
        t.row("pwrite", 64, m -> { long n = (long) PWRITE.invokeExact(descriptor(m), source, 64L, (long) m.at); }).times(300);
        t.row("strlen", 0, m -> { long n = (long) STRLEN.invokeExact(text); });
    }
}
