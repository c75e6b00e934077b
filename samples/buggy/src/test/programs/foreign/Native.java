import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Handles for native functions, bound in the program as a binding generator would do it. */
final class Native {
    static final Linker LINKER = Linker.nativeLinker();
    static final MemoryLayout SIZE = JAVA_LONG;
    static final MemoryLayout INT = JAVA_INT;
    static final MemoryLayout POINTER = ADDRESS;

    static final MethodHandle OPEN = bindVariadic("open", 2, INT, POINTER, INT, INT);
    static final MethodHandle CLOSE = bind("close", INT, INT);
    static final MethodHandle FTRUNCATE = bind("ftruncate", INT, INT, SIZE);
    static final MethodHandle MMAP = bind("mmap", POINTER, POINTER, SIZE, INT, INT, INT, SIZE);
    static final MethodHandle MUNMAP = bind("munmap", INT, POINTER, SIZE);
    static final MethodHandle MSYNC = bind("msync", INT, POINTER, SIZE, INT);
    static final MethodHandle FSYNC = bind("fsync", INT, INT);
    static final MethodHandle PREAD = bind("pread", SIZE, INT, POINTER, SIZE, SIZE);
    static final MethodHandle MEMSET = bind("memset", POINTER, POINTER, INT, SIZE);
    static final MethodHandle MEMCPY = bind("memcpy", POINTER, POINTER, POINTER, SIZE);
    static final MethodHandle MEMMOVE = bind("memmove", null, POINTER, POINTER, SIZE); // nobody needs its result
    static final MethodHandle MEMCCPY = bind("memccpy", POINTER, POINTER, POINTER, INT, SIZE);
    static final MethodHandle STRCPY = bind("strcpy", POINTER, POINTER, POINTER);
    static final MethodHandle STPCPY = bind("stpcpy", POINTER, POINTER, POINTER);

    private Native() {}

    static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
        return bind(LINKER.defaultLookup(), name, result, arguments);
    }

    static MethodHandle bind(SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(library.find(name).orElseThrow(), function(result, arguments));
    }

    private static MethodHandle bindVariadic(String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(),
                function(result, arguments),
                Linker.Option.firstVariadicArg(fixed));
    }

    static FunctionDescriptor function(MemoryLayout result, MemoryLayout... arguments) {
        return result == null ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(result, arguments);
    }

    /** Fails where it should not, which would make a test of it worthless. */
    static void check(boolean done, Object what) {
        if (!done) {
            throw new IllegalStateException(String.valueOf(what));
        }
    }

    static MemorySegment map(Arena arena, String path, long size) throws Throwable {
        int file = (int) OPEN.invokeExact(arena.allocateFrom(path), 2 | 0100, 0600); // O_RDWR | O_CREAT
        check(file >= 0 && (int) FTRUNCATE.invokeExact(file, size) == 0, path);
        // PROT_READ | PROT_WRITE, MAP_SHARED
        MemorySegment mapped =
                (MemorySegment) MMAP.invokeExact(MemorySegment.NULL, size, 3, 1, file, 0L);
        check(mapped.address() != -1, path);
        check((int) CLOSE.invokeExact(file) == 0, path);
        return mapped.reinterpret(size);
    }

    static void unmap(MemorySegment mapped) throws Throwable {
        check((int) MUNMAP.invokeExact(mapped, mapped.byteSize()) == 0, mapped);
    }

    static String describe(MemorySegment bytes, long length) {
        return Arrays.toString(bytes.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }
}
