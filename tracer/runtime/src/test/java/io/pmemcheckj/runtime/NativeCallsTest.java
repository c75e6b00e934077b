package io.pmemcheckj.runtime;

import static io.pmemcheckj.runtime.Recording.drain;
import static io.pmemcheckj.runtime.Recording.events;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles as the linker makes them, around Java methods in the place of native functions. */
class NativeCallsTest {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** Stands for MemorySegment. */
    public record Pointer(long address) {}

    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final List<String> CALLS = new ArrayList<>();
    private static long nextSymbol = 0x1000;

    private final Recording.Segment segment = new Recording.Segment();

    @BeforeAll
    static void addShippedModels() throws IOException {
        try (InputStream in = NativeCallsTest.class.getResourceAsStream("/io/pmemcheckj/models/shipped.txt")) {
            FunctionModels.add(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("function\t"))
                    .map(line -> line.replaceFirst("function", "library") + "\n")
                    .collect(Collectors.joining()));
        }
    }

    @BeforeEach
    void forget() {
        CALLS.clear();
        FunctionModels.of("memset"); // the first tells that the library was met
        drain();
    }

    @AfterEach
    void remove() {
        Requests.removeSegment(segment.address, Recording.SEGMENT);
    }

    /** A function of a name at an address of its own. */
    private static long symbol(String name) {
        NativeSymbols.found(++nextSymbol, name);
        return nextSymbol;
    }

    private static MethodHandle handle(String method, Class<?> result, Class<?>... parameters) throws Exception {
        return LOOKUP.findStatic(NativeCallsTest.class, method, MethodType.methodType(result, parameters));
    }

    static Pointer fill(Pointer at, int value, long length) {
        CALLS.add("fill " + value + " " + length);
        return at;
    }

    static int onRange(Pointer at, long length, int flags) {
        CALLS.add("onRange " + flags);
        return flags & 1;
    }

    static Pointer withFlags(Pointer to, Pointer from, long length, int flags) {
        return to;
    }

    static int unmap(Pointer at, long length) {
        return 0;
    }

    static long read(Object capture, Pointer allocator, int file, Pointer at, long length) {
        return length / 2;
    }

    static void refuse(Pointer at, long length, int flags) {
        throw new RefusedException();
    }

    static Pointer any(Pointer symbol, Pointer at, int value, long length) {
        CALLS.add("any");
        return at;
    }

    private String hex(long offset) {
        return "0x" + Long.toHexString(segment.address + offset);
    }

    /** What was recorded, without thread. */
    private static List<String> recorded() {
        String thread = " " + Thread.currentThread().getId();
        return events(drain()).stream()
                .map(line -> line.replaceFirst(thread, ""))
                .toList();
    }

    private MethodHandle fill() throws Exception {
        return handle("fill", Pointer.class, Pointer.class, int.class, long.class);
    }

    @Test
    void aKnownFunctionIsCalledOnceAndRecorded() throws Throwable {
        MethodHandle plain = fill();
        MethodHandle wrapped = NativeCalls.bound(plain, symbol("memset"), 3);
        Pointer at = new Pointer(segment.address + 16);

        assertEquals(plain.type(), wrapped.type());
        assertSame(at, (Pointer) wrapped.invokeExact(at, 7, 100L));
        assertEquals(List.of("fill 7 100"), CALLS);
        assertEquals(List.of("store " + hex(16) + " 100"), recorded());
    }

    @Test
    void theHandleOfAnUnknownFunctionIsLeftAlone() throws Throwable {
        MethodHandle plain = fill();

        assertSame(plain, NativeCalls.bound(plain, symbol("qsort"), 3));
        assertSame(plain, NativeCalls.bound(plain, nextSymbol + 1, 3));
    }

    @Test
    void aHandleWithoutAnAddressLooksAtEachCall() throws Throwable {
        MethodHandle wrapped = NativeCalls.unbound(
                handle("any", Pointer.class, Pointer.class, Pointer.class, int.class, long.class), 3);
        Pointer at = new Pointer(segment.address);

        Pointer same = (Pointer) wrapped.invokeExact(new Pointer(symbol("memset")), at, 1, 8L);
        same = (Pointer) wrapped.invokeExact(new Pointer(symbol("qsort")), at, 1, 8L);

        assertEquals(List.of("any", "any"), CALLS);
        assertEquals(List.of("store " + hex(0) + " 8"), recorded());
    }

    @Test
    void whatTheLinkerAddsInFrontIsNoArgument() throws Throwable {
        MethodHandle wrapped = NativeCalls.bound(
                handle("read", long.class, Object.class, Pointer.class, int.class, Pointer.class, long.class),
                symbol("read"),
                3);

        long read = (long) wrapped.invokeExact((Object) "state", new Pointer(1), 5, new Pointer(segment.address), 64L);

        assertEquals(32, read);
        assertEquals(List.of("store " + hex(0) + " 32 external"), recorded());
    }

    @Test
    void aForceBeginsBeforeTheCallAndFailsWithIt() throws Throwable {
        MethodHandle wrapped = NativeCalls.bound(
                handle("onRange", int.class, Pointer.class, long.class, int.class), symbol("msync"), 3);
        Pointer at = new Pointer(segment.address);

        assertEquals(0, (int) wrapped.invokeExact(at, 4096L, 4)); // MS_SYNC
        assertEquals(1, (int) wrapped.invokeExact(at, 4096L, 5)); // what our onRange refuses
        assertEquals(0, (int) wrapped.invokeExact(at, 4096L, 2)); // MS_INVALIDATE alone

        assertEquals(
                List.of(
                        "force-begin " + hex(0) + " 4096",
                        "force-end",
                        "force-begin " + hex(0) + " 4096",
                        "force-end failed"),
                recorded());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExceptionEndsTheForceAndIsThrownOn(boolean bound) throws Throwable {
        MethodHandle refusing = handle("refuse", void.class, Pointer.class, long.class, int.class);
        long symbol = symbol("msync");
        MethodHandle wrapped = bound
                ? NativeCalls.bound(refusing, symbol, 3)
                : NativeCalls.unbound(MethodHandles.dropArguments(refusing, 0, Pointer.class), 3)
                        .bindTo(new Pointer(symbol));

        assertThrows(RefusedException.class, () -> {
            wrapped.invokeExact(new Pointer(segment.address), 64L, 4);
        });

        assertEquals(List.of("force-begin " + hex(0) + " 64", "force-end failed"), recorded());
    }

    @ParameterizedTest
    @CsvSource({
        "0, store flush fence",
        "1, store flush", // NODRAIN
        "2, store-nt fence", // NONTEMPORAL
        "3, store-nt",
        "8, store-nt fence", // WC
        "20, store flush fence", // TEMPORAL, WB
        "32, store" // NOFLUSH
    })
    void flagsOfLibpmem(int flags, String expected) throws Throwable {
        MethodHandle wrapped = NativeCalls.bound(
                handle("withFlags", Pointer.class, Pointer.class, Pointer.class, long.class, int.class),
                symbol("pmem_memcpy"),
                4);

        Pointer same = (Pointer) wrapped.invokeExact(new Pointer(segment.address), new Pointer(1), 64L, flags);

        List<String> events = new ArrayList<>();
        for (String line : recorded()) {
            String kind = line.split(" ")[0];
            events.add(line.endsWith(" non-temporal") ? kind + "-nt" : kind);
        }
        assertEquals(expected, String.join(" ", events));
    }

    @Test
    void heapAddressesAndOtherMemoryAreNoStores() throws Throwable {
        MethodHandle wrapped = NativeCalls.bound(fill(), symbol("memset"), 3);
        Recording.Segment removed = new Recording.Segment();
        Requests.removeSegment(removed.address, Recording.SEGMENT);
        drain();

        Pointer same = (Pointer) wrapped.invokeExact(new Pointer(0), 7, 100L); // a heap segment's address
        same = (Pointer) wrapped.invokeExact(new Pointer(removed.address), 7, 100L);
        same = (Pointer) wrapped.invokeExact(new Pointer(segment.address), 7, 0L);

        assertEquals(List.of(), recorded());
    }

    @Test
    void onlySegmentsAreUnmapped() throws Throwable {
        MethodHandle wrapped =
                NativeCalls.bound(handle("unmap", int.class, Pointer.class, long.class), symbol("munmap"), 2);
        long page = (segment.address + 8191) & -4096L;

        assertEquals(0, (int) wrapped.invokeExact(new Pointer(page), 5000L));
        assertEquals(0, (int) wrapped.invokeExact(new Pointer(page + 1), 4096L)); // munmap would refuse it
        assertEquals(List.of("unmap " + hex(page - segment.address) + " 8192"), recorded());

        assertEquals(0, (int) wrapped.invokeExact(new Pointer(page), 1L << 61)); // this, too
        long rest = segment.address + Recording.SEGMENT - page - 8192;
        String unmapped = "unmap " + hex(page + 8192 - segment.address) + " " + rest;
        assertTrue(recorded().contains(unmapped), unmapped); // and perhaps segments of other tests
    }

    @Test
    void operands() {
        byte[] text = "name\0".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length; i++) {
            segment.buffer.put(i, text[i]);
        }
        segment.buffer.putLong(64, -5).putInt(72, 6);
        long[] arguments = {segment.address, segment.address + 64, 2, 3, 4, 0};

        assertEquals(99, operand("result", arguments));
        assertEquals(10, operand("10", arguments));
        assertEquals(2 - 3 + 4, operand("arg2,arg3,-,arg4,+", arguments));
        assertEquals(99 & 0x21, operand("result,33,&", arguments));
        assertEquals(5, operand("arg0,@string", arguments));
        assertEquals(-5, operand("arg1,@long", arguments));
        assertEquals(6, operand("arg0,72,+,@int", arguments));
        assertEquals(0, operand("arg5,@long", arguments));
        assertEquals(1, operand("arg2,3,<,arg3,3,>=,&&", arguments));
        assertEquals(-2, operand("arg2,neg", arguments));
        assertEquals(0, operand("arg2,not", arguments));
        Notes.put(-5, 77);
        assertEquals(78, operand("arg1,@long,@noted,1,+", arguments));
        assertEquals(0, operand("result,@noted", arguments));
    }

    private static long operand(String postfix, long[] arguments) {
        return new Operand(postfix).number(new Call(arguments, 99));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call;store arg0",
                "call;store",
                "call;store arg0 arg1 arg2",
                "call;vanish arg0",
                "store arg0 arg1"
            })
    void whatIsNoDescriptionOfAFunctionIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new CallModel("f", text));
    }

    @Test
    void theTableIsReadableAndHoldsTheFamilies() {
        for (String name : List.of(
                "memset",
                "memcpy",
                "strcpy",
                "pread",
                "mmap",
                "munmap",
                "msync",
                "fsync",
                "pmem_persist",
                "pmem_drain",
                "pmem_memcpy_persist",
                "pmem2_get_persist_fn",
                "pmem2:persist",
                "dlsym")) {
            assertNotEquals(null, FunctionModels.of(name), name);
        }
    }
}
