import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Maps, stores, flushes and unmaps by calls of the C library; each store has a page of its own. */
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
            flushes(mapped);
            new ForeignLibc().otherWays(arena, mapped);
            System.out.println(Native.describe(mapped, 8));
            Native.unmap(mapped);
        }
    }

    private static MemorySegment page(MemorySegment mapped, int page) {
        return mapped.asSlice((long) page * PAGE, PAGE);
    }

    private static void stores(Arena arena, MemorySegment mapped, MemorySegment text) throws Throwable {
        MemorySegment set = (MemorySegment) Native.MEMSET.invokeExact(page(mapped, 0), 7, 100L); // stores 100
        Native.check(set.address() == mapped.address(), set);
        MemorySegment copied = (MemorySegment) Native.MEMCPY.invokeExact(page(mapped, 1), text, 5L); // stores 5
        Native.MEMMOVE.invokeExact(page(mapped, 2), text, 6L); // stores 6
        MemorySegment behind = (MemorySegment) Native.MEMCCPY.invokeExact(page(mapped, 3), text, (int) 'a', 7L); // stores 1
        copied = (MemorySegment) Native.STRCPY.invokeExact(page(mapped, 4), text); // stores 7
        behind = (MemorySegment) Native.STPCPY.invokeExact(page(mapped, 5), text); // stores 7
        mapped.set(JAVA_LONG, 6 * PAGE, 1); // stores 8
    }

    private static void flushes(MemorySegment mapped) throws Throwable {
        page(mapped, 8).fill((byte) 1);
        Native.check((int) Native.MSYNC.invokeExact(page(mapped, 8), (long) PAGE, MS_SYNC) == 0, "msync");
        page(mapped, 9).set(JAVA_BYTE, 0, (byte) 1); // stores 1
        Native.check((int) Native.MSYNC.invokeExact(page(mapped, 9), (long) PAGE, MS_ASYNC) == 0, "msync");
    }

    private void otherWays(Arena arena, MemorySegment mapped) throws Throwable {
        MemorySegment done = (MemorySegment) field.invokeExact(page(mapped, 10), 1, 10L); // stores 10
        Object result = Native.MEMSET.invokeWithArguments(page(mapped, 11), 1, 11L); // stores 11
        done = (MemorySegment) UNBOUND.invokeExact(
                Native.LINKER.defaultLookup().find("memset").orElseThrow(), page(mapped, 12), 1, 12L); // stores 12
        byte[] heap = {1, 2, 3};
        done = (MemorySegment) CRITICAL_MEMCPY.invokeExact(page(mapped, 13), MemorySegment.ofArray(heap), 3L); // stores 3
        done = (MemorySegment) CRITICAL_MEMCPY.invokeExact(MemorySegment.ofArray(heap), page(mapped, 13), 3L);
        MemorySegment found = (MemorySegment) DLSYM.invokeExact(MemorySegment.NULL, arena.allocateFrom("memset"));
        MethodHandle byHand =
                Native.LINKER.downcallHandle(found, Native.function(null, Native.POINTER, Native.INT, Native.SIZE));
        byHand.invokeExact(page(mapped, 14), 1, 14L); // stores 14
        Thread virtual = Thread.ofVirtual().start(() -> {
            try {
                byHand.invokeExact(mapped.asSlice(15 * PAGE), 1, 15L); // stores 15
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
        virtual.join();
        Object reflected = MethodHandle.class
                .getMethod("invokeWithArguments", Object[].class)
                .invoke(Native.MEMSET, (Object) new Object[] {page(mapped, 16), 1, 16L}); // stores 16
    }
}
