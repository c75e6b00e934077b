import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** libpmemobj, bound by hand: a pool, its root object, and transactions. */
final class Pmemobj {
    static final StructLayout OID =
            MemoryLayout.structLayout(JAVA_LONG.withName("pool_uuid_lo"), JAVA_LONG.withName("off"));

    private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("libpmemobj.so.1", Arena.global());
    private static final MethodHandle CREATE =
            bind("pmemobj_create", Native.POINTER, Native.POINTER, Native.POINTER, Native.SIZE, Native.INT);
    private static final MethodHandle OPEN = bind("pmemobj_open", Native.POINTER, Native.POINTER, Native.POINTER);
    private static final MethodHandle CLOSE = bind("pmemobj_close", null, Native.POINTER);
    private static final MethodHandle ROOT = bind("pmemobj_root", OID, Native.POINTER, Native.SIZE);
    private static final MethodHandle DIRECT = bind("pmemobj_direct", Native.POINTER, OID);
    private static final MethodHandle PERSIST =
            bind("pmemobj_persist", null, Native.POINTER, Native.POINTER, Native.SIZE);
    private static final MethodHandle MEMCPY = bind(
            "pmemobj_memcpy_persist", Native.POINTER, Native.POINTER, Native.POINTER, Native.POINTER, Native.SIZE);
    private static final MethodHandle ALLOC = bind(
            "pmemobj_alloc",
            Native.INT,
            Native.POINTER,
            Native.POINTER,
            Native.SIZE,
            Native.SIZE,
            Native.POINTER,
            Native.POINTER);
    private static final MethodHandle FREE = bind("pmemobj_free", null, Native.POINTER);
    private static final MethodHandle TX_BEGIN = Native.LINKER.downcallHandle(
            LIBRARY.find("pmemobj_tx_begin").orElseThrow(),
            FunctionDescriptor.of((MemoryLayout) Native.INT, Native.POINTER, Native.POINTER, Native.INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle TX_ADD = bind("pmemobj_tx_add_range", Native.INT, OID, Native.SIZE, Native.SIZE);
    static final MethodHandle TX_ADD_DIRECT =
            bind("pmemobj_tx_add_range_direct", Native.INT, Native.POINTER, Native.SIZE);
    private static final MethodHandle TX_ALLOC = bind("pmemobj_tx_zalloc", OID, Native.SIZE, Native.SIZE);
    private static final MethodHandle TX_FREE = bind("pmemobj_tx_free", Native.INT, OID);
    private static final MethodHandle TX_COMMIT = bind("pmemobj_tx_commit", null);
    private static final MethodHandle TX_ABORT = bind("pmemobj_tx_abort", null, Native.INT);
    private static final MethodHandle TX_END = bind("pmemobj_tx_end", Native.INT);

    final MemorySegment pool;
    final Arena arena;

    private Pmemobj(Arena arena, MemorySegment pool) {
        this.arena = arena;
        this.pool = pool;
        Native.check(pool.address() != 0, "no pool");
    }

    private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
        return Native.bind(LIBRARY, name, result, arguments);
    }

    static Pmemobj create(Arena arena, String path) throws Throwable {
        return new Pmemobj(arena, (MemorySegment)
                CREATE.invokeExact(arena.allocateFrom(path), arena.allocateFrom("test"), 16L << 20, 0600));
    }

    static Pmemobj open(Arena arena, String path) throws Throwable {
        return new Pmemobj(
                arena, (MemorySegment) OPEN.invokeExact(arena.allocateFrom(path), arena.allocateFrom("test")));
    }

    void close() throws Throwable {
        CLOSE.invokeExact(pool);
    }

    MemorySegment root(long size) throws Throwable {
        return (MemorySegment) ROOT.invokeExact((SegmentAllocator) arena, pool, size);
    }

    /** Where an object is in memory. */
    static MemorySegment direct(MemorySegment oid, long size) throws Throwable {
        return ((MemorySegment) DIRECT.invokeExact(oid)).reinterpret(size);
    }

    void persist(MemorySegment range) throws Throwable {
        PERSIST.invokeExact(pool, range, range.byteSize());
    }

    void copyAndPersist(MemorySegment to, MemorySegment from) throws Throwable {
        MemorySegment result = (MemorySegment) MEMCPY.invokeExact(pool, to, from, from.byteSize());
        Native.check(result.address() == to.address(), result);
    }

    MemorySegment allocate(long size) throws Throwable {
        MemorySegment oid = arena.allocate(OID);
        int error = (int) ALLOC.invokeExact(pool, oid, size, 1L, MemorySegment.NULL, MemorySegment.NULL);
        Native.check(error == 0, error);
        return oid;
    }

    void free(MemorySegment oid) throws Throwable {
        FREE.invokeExact(oid);
    }

    void begin() throws Throwable {
        int error = (int) TX_BEGIN.invokeExact(pool, MemorySegment.NULL, 0);
        Native.check(error == 0, error);
    }

    static void add(MemorySegment oid, long offset, long size) throws Throwable {
        int error = (int) TX_ADD.invokeExact(oid, offset, size);
        Native.check(error == 0, error);
    }

    static void addDirect(MemorySegment range) throws Throwable {
        int error = (int) TX_ADD_DIRECT.invokeExact(range, range.byteSize());
        Native.check(error == 0, error);
    }

    MemorySegment txAllocate(long size) throws Throwable {
        return (MemorySegment) TX_ALLOC.invokeExact((SegmentAllocator) arena, size, 1L);
    }

    static void txFree(MemorySegment oid) throws Throwable {
        int error = (int) TX_FREE.invokeExact(oid);
        Native.check(error == 0, error);
    }

    static void commit() throws Throwable {
        TX_COMMIT.invokeExact();
        int error = (int) TX_END.invokeExact();
        Native.check(error == 0, error);
    }

    static void abort() throws Throwable {
        TX_ABORT.invokeExact(125); // ECANCELED
        int error = (int) TX_END.invokeExact();
        Native.check(error == 125, error);
    }
}
