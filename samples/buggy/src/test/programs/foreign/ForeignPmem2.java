import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Uses libpmem2, whose functions to store and flush are given out as pointers. PMEM2_FORCE_GRANULARITY says what any
 * file system counts as.
 *
 * <p>Arguments: folder, the granularity to require (1 for cache lines, 2 for pages).
 */
public final class ForeignPmem2 {
    private static final long SIZE = 64 * 1024;

    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("libpmem2.so.1", Arena.global());
    // The functions that are given out have handles without an address, as a binding generator makes them.
    private static final MethodHandle ON_RANGE =
            Native.LINKER.downcallHandle(Native.function(null, Native.POINTER, Native.SIZE));
    private static final MethodHandle ON_NOTHING = Native.LINKER.downcallHandle(Native.function(null));
    private static final MethodHandle SETTING = Native.LINKER.downcallHandle(
            Native.function(Native.POINTER, Native.POINTER, Native.INT, Native.SIZE, Native.INT));

    private ForeignPmem2() {}

    private static MemorySegment ask(String name, MemorySegment map) throws Throwable {
        return (MemorySegment) Native.bind(LIBRARY, name, Native.POINTER, Native.POINTER).invokeExact(map);
    }

    private static int call(String name, MemorySegment first, int second) throws Throwable {
        return (int) Native.bind(LIBRARY, name, Native.INT, Native.POINTER, Native.INT).invokeExact(first, second);
    }

    public static void main(String[] arguments) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(ADDRESS);
            MemorySegment config = arena.allocate(ADDRESS);
            MemorySegment map = arena.allocate(ADDRESS);
            MemorySegment path = arena.allocateFrom(arguments[0] + "/pmem2.dat");
            int file = (int) Native.OPEN.invokeExact(path, 2 | 0100, 0600); // O_RDWR | O_CREAT
            Native.check((int) Native.FTRUNCATE.invokeExact(file, SIZE) == 0, path);
            Native.check(call("pmem2_source_from_fd", source, file) == 0, "source");
            Native.check((int) Native.bind(LIBRARY, "pmem2_config_new", Native.INT, Native.POINTER)
                            .invokeExact(config)
                    == 0, "config");
            Native.check(
                    call(
                                    "pmem2_config_set_required_store_granularity",
                                    config.get(ADDRESS, 0),
                                    Integer.parseInt(arguments[1]))
                            == 0,
                    "granularity");
            int mapped = (int) Native.bind(
                            LIBRARY, "pmem2_map_new", Native.INT, Native.POINTER, Native.POINTER, Native.POINTER)
                    .invokeExact(map, config.get(ADDRESS, 0), source.get(ADDRESS, 0));
            Native.check(mapped == 0, mapped);

            use(map.get(ADDRESS, 0));

            Native.check((int) Native.bind(LIBRARY, "pmem2_map_delete", Native.INT, Native.POINTER)
                            .invokeExact(map)
                    == 0, "delete");
        }
    }

    private static void use(MemorySegment map) throws Throwable {
        MemorySegment memory = ask("pmem2_map_get_address", map).reinterpret(SIZE);
        MemorySegment persist = ask("pmem2_get_persist_fn", map);
        MemorySegment flush = ask("pmem2_get_flush_fn", map);
        MemorySegment drain = ask("pmem2_get_drain_fn", map);
        MemorySegment set = ask("pmem2_get_memset_fn", map);

        memory.set(JAVA_LONG, 0, 1);
        ON_RANGE.invokeExact(persist, memory, 8L);

        memory.set(JAVA_LONG, 4096, 1);
        ON_RANGE.invokeExact(flush, memory.asSlice(4096), 8L);
        ON_NOTHING.invokeExact(drain);

        MemorySegment same = (MemorySegment) SETTING.invokeExact(set, memory.asSlice(8192), 1, 100L, 0);
        memory.set(JAVA_LONG, 12288, 1); // finds: unflushed-store bytes=8
    }
}
