import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Maps, stores, flushes and unmaps by calls of the C library; each store has a page of its own.
 *
 * <p>Arguments: folder, how often to store.
 */
public final class ForeignLibc {
    private static final int PAGE = 4096;
    private static final int PAGES = 32;
    private static final int MS_ASYNC = 1;
    private static final int MS_SYNC = 4;

    private static final MethodHandle CRITICAL_MEMCPY = Native.LINKER.downcallHandle(
            Native.LINKER.defaultLookup().find("memcpy").orElseThrow(),
            Native.function(Native.POINTER, Native.POINTER, Native.POINTER, Native.SIZE),
            Linker.Option.critical(true));
    private static final MethodHandle UNBOUND = Native.LINKER.downcallHandle(
            Native.function(Native.POINTER, Native.POINTER, Native.INT, Native.SIZE));
    private static final MethodHandle DLSYM = Native.bind("dlsym", Native.POINTER, Native.POINTER, Native.POINTER);

    private final MethodHandle field = Native.MEMSET; // not a constant for the JIT

    private ForeignLibc() {}

    public static void main(String[] arguments) throws Throwable {
        String file = arguments[0] + "/libc.dat";
        int rounds = Integer.parseInt(arguments[1]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom("a name");
            MemorySegment mapped = Native.map(arena, file, PAGES * PAGE);
            for (int i = 0; i < rounds; i++) {
                stores(arena, mapped, text);
            }
            flushes(arena, file, mapped);
            new ForeignLibc().otherWays(arena, mapped);
            System.out.println(Native.describe(mapped, 8));
            Native.unmap(mapped);
        }
    }

    private static MemorySegment page(MemorySegment mapped, int page) {
        return mapped.asSlice((long) page * PAGE, PAGE);
    }

    private static void stores(Arena arena, MemorySegment mapped, MemorySegment text) throws Throwable {
        MemorySegment set = (MemorySegment) Native.MEMSET.invokeExact(page(mapped, 0), 7, 100L); // finds: unflushed-store bytes=100
        Native.check(set.address() == mapped.address(), set);
        MemorySegment copied = (MemorySegment) Native.MEMCPY.invokeExact(page(mapped, 1), text, 5L); // finds: unflushed-store bytes=5
        Native.MEMMOVE.invokeExact(page(mapped, 2), text, 6L); // finds: unflushed-store bytes=6
        MemorySegment behind = (MemorySegment) Native.MEMCCPY.invokeExact(page(mapped, 3), text, (int) 'a', 7L); // finds: unflushed-store bytes=1
        copied = (MemorySegment) Native.STRCPY.invokeExact(page(mapped, 4), text); // finds: unflushed-store bytes=7
        behind = (MemorySegment) Native.STPCPY.invokeExact(page(mapped, 5), text); // finds: unflushed-store bytes=7
        mapped.set(JAVA_LONG, 6 * PAGE, 1); // finds: unflushed-store bytes=8
    }

    private static void flushes(Arena arena, String file, MemorySegment mapped) throws Throwable {
        page(mapped, 8).fill((byte) 1);
        Native.check((int) Native.MSYNC.invokeExact(page(mapped, 8), (long) PAGE, MS_SYNC) == 0, "msync");
        page(mapped, 9).set(JAVA_BYTE, 0, (byte) 1); // finds: unflushed-store bytes=1
        Native.check((int) Native.MSYNC.invokeExact(page(mapped, 9), (long) PAGE, MS_ASYNC) == 0, "msync");
        page(mapped, 17).set(JAVA_BYTE, 0, (byte) 1);
        Native.check((int) Native.MSYNC.invokeExact(page(mapped, 17).asSlice(1), (long) PAGE, MS_SYNC) != 0, "msync"); // finds: failed-flush bytes=1

        MemorySegment other = Native.map(arena, file + ".synced", PAGE);
        other.fill((byte) 1);
        int open = (int) Native.OPEN.invokeExact(arena.allocateFrom(file + ".synced"), 2, 0);
        Native.check((int) Native.FSYNC.invokeExact(open) == 0, "fsync");
        long read = (long) Native.PREAD.invokeExact(open, page(mapped, 18), 18L, 0L); // finds: unflushed-store bytes=18
        Native.check(read == 18, read);
        other.set(JAVA_BYTE, 0, (byte) 2); // finds: unflushed-store bytes=1
        Native.unmap(other);
        Native.check((int) Native.CLOSE.invokeExact(open) == 0, "close");
    }

    private void otherWays(Arena arena, MemorySegment mapped) throws Throwable {
        MemorySegment done = (MemorySegment) field.invokeExact(page(mapped, 10), 1, 10L); // finds: unflushed-store bytes=10
        Object result = Native.MEMSET.invokeWithArguments(page(mapped, 11), 1, 11L); // finds: unflushed-store bytes=11
        MemorySegment memset = Native.LINKER.defaultLookup().find("memset").orElseThrow();
        done = (MemorySegment) UNBOUND.invokeExact(memset, page(mapped, 12), 1, 12L); // finds: unflushed-store bytes=12
        byte[] heap = {1, 2, 3};
        done = (MemorySegment) CRITICAL_MEMCPY.invokeExact(page(mapped, 13), MemorySegment.ofArray(heap), 3L); // finds: unflushed-store bytes=3
        done = (MemorySegment) CRITICAL_MEMCPY.invokeExact(MemorySegment.ofArray(heap), page(mapped, 13), 3L);
        MemorySegment found = (MemorySegment) DLSYM.invokeExact(MemorySegment.NULL, arena.allocateFrom("memset"));
        MethodHandle byHand =
                Native.LINKER.downcallHandle(found, Native.function(null, Native.POINTER, Native.INT, Native.SIZE));
        byHand.invokeExact(page(mapped, 14), 1, 14L); // finds: unflushed-store bytes=14
        Thread virtual = Thread.ofVirtual().start(() -> {
            try {
                byHand.invokeExact(mapped.asSlice(15 * PAGE), 1, 15L); // finds: unflushed-store bytes=15
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
        virtual.join();
        Object reflected = MethodHandle.class
                .getMethod("invokeWithArguments", Object[].class)
                .invoke(Native.MEMSET, (Object) new Object[] {page(mapped, 16), 1, 16L}); // finds: unflushed-store bytes=16
    }
}
