import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Uses libpmem; PMEM_IS_PMEM_FORCE=1 makes it take any file for persistent memory.
 *
 * <p>Arguments: folder, how often to store.
 */
public final class ForeignPmem {
    private static final long SIZE = 64 * 1024;
    private static final int NODRAIN = 1;
    private static final int NONTEMPORAL = 2;
    private static final int NOFLUSH = 32;

    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("libpmem.so.1", Arena.global());
    private static final MethodHandle MAP_FILE = Native.bind(
            LIBRARY,
            "pmem_map_file",
            Native.POINTER,
            Native.POINTER,
            Native.SIZE,
            Native.INT,
            Native.INT,
            Native.POINTER,
            Native.POINTER);
    private static final MethodHandle UNMAP =
            Native.bind(LIBRARY, "pmem_unmap", Native.INT, Native.POINTER, Native.SIZE);
    private static final MethodHandle PERSIST =
            Native.bind(LIBRARY, "pmem_persist", null, Native.POINTER, Native.SIZE);
    private static final MethodHandle FLUSH = Native.bind(LIBRARY, "pmem_flush", null, Native.POINTER, Native.SIZE);
    private static final MethodHandle DRAIN = Native.bind(LIBRARY, "pmem_drain", null);
    private static final MethodHandle MSYNC =
            Native.bind(LIBRARY, "pmem_msync", Native.INT, Native.POINTER, Native.SIZE);
    private static final MethodHandle MEMCPY = Native.bind(
            LIBRARY, "pmem_memcpy", Native.POINTER, Native.POINTER, Native.POINTER, Native.SIZE, Native.INT);
    private static final MethodHandle MEMSET = Native.bind(
            LIBRARY, "pmem_memset", Native.POINTER, Native.POINTER, Native.INT, Native.SIZE, Native.INT);
    private static final MethodHandle MEMCPY_PERSIST = Native.bind(
            LIBRARY, "pmem_memcpy_persist", Native.POINTER, Native.POINTER, Native.POINTER, Native.SIZE);
    /** Takes arrays of Java, too. */
    private static final MethodHandle MEMCPY_OF_HEAP = Native.LINKER.downcallHandle(
            LIBRARY.find("pmem_memcpy_persist").orElseThrow(),
            Native.function(Native.POINTER, Native.POINTER, Native.POINTER, Native.SIZE),
            Linker.Option.critical(true));
    private static final MethodHandle MEMSET_NODRAIN = Native.bind(
            LIBRARY, "pmem_memset_nodrain", Native.POINTER, Native.POINTER, Native.INT, Native.SIZE);

    private ForeignPmem() {}

    public static void main(String[] arguments) throws Throwable {
        int rounds = Integer.parseInt(arguments[1]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_LONG);
            MemorySegment isPmem = arena.allocate(JAVA_INT);
            MemorySegment file = arena.allocateFrom(arguments[0] + "/pmem.dat");
            MemorySegment mapped =
                    (MemorySegment) MAP_FILE.invokeExact(file, SIZE, 1, 0600, length, isPmem); // PMEM_FILE_CREATE
            Native.check(length.get(JAVA_LONG, 0) == SIZE, "mapped length");
            System.out.println("is pmem: " + isPmem.get(JAVA_INT, 0));
            mapped = mapped.reinterpret(SIZE);
            MemorySegment source = arena.allocateFrom("something to copy");
            for (int i = 0; i < rounds; i++) {
                durable(mapped, source);
                notDurable(mapped, source);
            }
            mapped.set(JAVA_LONG, 8192, 1); // finds: unfenced-flush bytes=8
            FLUSH.invokeExact(mapped.asSlice(8192), 8L);
            Native.check((int) UNMAP.invokeExact(mapped, SIZE) == 0, "unmap");
        }
    }

    private static void durable(MemorySegment mapped, MemorySegment source) throws Throwable {
        mapped.set(JAVA_LONG, 0, 1);
        PERSIST.invokeExact(mapped, 8L);

        mapped.set(JAVA_LONG, 64, 1);
        mapped.set(JAVA_LONG, 128, 1);
        FLUSH.invokeExact(mapped.asSlice(64), 72L);
        DRAIN.invokeExact();

        mapped.set(JAVA_LONG, 4096, 1);
        Native.check((int) MSYNC.invokeExact(mapped.asSlice(4096), 8L) == 0, "msync");

        MemorySegment same = (MemorySegment) MEMCPY_PERSIST.invokeExact(mapped.asSlice(192), source, 10L);
        same = (MemorySegment) MEMCPY_OF_HEAP.invokeExact(mapped.asSlice(512), MemorySegment.ofArray(new long[4]), 32L);
        same = (MemorySegment) MEMCPY.invokeExact(mapped.asSlice(256), source, 10L, 0);
        same = (MemorySegment) MEMSET.invokeExact(mapped.asSlice(320), 1, 64L, NONTEMPORAL);

        same = (MemorySegment) MEMSET.invokeExact(mapped.asSlice(384), 1, 64L, NODRAIN | NONTEMPORAL);
        same = (MemorySegment) MEMSET_NODRAIN.invokeExact(mapped.asSlice(448), 1, 64L);
        DRAIN.invokeExact();
    }

    private static void notDurable(MemorySegment mapped, MemorySegment source) throws Throwable {
        mapped.set(JAVA_LONG, 1024, 1); // finds: unflushed-store bytes=8
        MemorySegment same = (MemorySegment) MEMSET.invokeExact(mapped.asSlice(1088), 1, 9L, NOFLUSH); // finds: unflushed-store bytes=9
        same = (MemorySegment) Native.MEMCPY.invokeExact(mapped.asSlice(1152), source, 10L); // finds: unflushed-store bytes=10
    }
}
