package io.pmemcheckj.runtime;

import static io.pmemcheckj.trace.layout.RecordLayout.*;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import jdk.internal.misc.Unsafe;

/** Client requests: the agent lets each method of io.pmemcheckj.api.PmemCheck call the one of the same name here. */
public final class Requests {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long ADDRESS = U.objectFieldOffset(Buffer.class, "address");
    /** TraceVisitor.OWN_TRANSACTION. */
    private static final long OWN = Long.MIN_VALUE;

    private Requests() {}

    /** Heap buffers cannot be persistent; what is said of them is void. */
    private static boolean isMemory(ByteBuffer buffer, int length) {
        return buffer != null && buffer.isDirect() && length > 0;
    }

    private static long address(ByteBuffer buffer, int index) {
        return U.getLong(buffer, ADDRESS) + index;
    }

    /** A fact that a test may want to fail for. */
    private static void expectation(int answer, int kind, long... values) {
        event(kind, values);
        Expectations.settle(answer);
    }

    private static void event(int kind, long... values) {
        Recorder recorder = Recorders.current();
        long[] all = new long[values.length + 1];
        all[0] = recorder.currentSite();
        System.arraycopy(values, 0, all, 1, values.length);
        recorder.event(kind, null, all);
    }

    private static void named(int kind, String text, long... values) {
        Recorder recorder = Recorders.current();
        long[] all = new long[values.length + 1];
        all[0] = recorder.currentSite();
        System.arraycopy(values, 0, all, 1, values.length);
        recorder.event(kind, text == null ? "" : text, all);
    }

    public static boolean isActive() {
        return !Tracked.disabled();
    }

    public static void registerSegment(long address, long length) {
        if (length > 0 && !Tracked.covers(address, length)) {
            Mappings.registered(address, length);
        }
    }

    public static void removeSegment(long address, long length) {
        if (length > 0) {
            Mappings.unmapping(address, length);
        }
    }

    public static void fence() {
        expectation(Expectations.beginFence(), FENCE, 1);
    }

    public static void persist(long address, long length) {
        flush(address, length);
        fence();
    }

    public static void startTransaction() {
        startTransaction(OWN);
    }

    public static void startTransaction(long id) {
        event(BEGIN_TRANSACTION, id);
    }

    public static void endTransaction() {
        endTransaction(OWN);
    }

    public static void endTransaction(long id) {
        event(END_TRANSACTION, id);
    }

    public static void addToTransaction(long address, long length) {
        addToTransaction(OWN, address, length);
    }

    public static void addToTransaction(long id, long address, long length) {
        event(ADD_TO_TRANSACTION, id, address, length);
    }

    public static void addToTransaction(ByteBuffer buffer, int index, int length) {
        addToTransaction(OWN, buffer, index, length);
    }

    public static void addToTransaction(long id, ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            addToTransaction(id, address(buffer, index), length);
        }
    }

    public static void removeFromTransaction(long address, long length) {
        removeFromTransaction(OWN, address, length);
    }

    public static void removeFromTransaction(long id, long address, long length) {
        event(REMOVE_FROM_TRANSACTION, id, address, length);
    }

    public static void removeFromTransaction(ByteBuffer buffer, int index, int length) {
        removeFromTransaction(OWN, buffer, index, length);
    }

    public static void removeFromTransaction(long id, ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            removeFromTransaction(id, address(buffer, index), length);
        }
    }

    public static void joinTransaction(long id) {
        event(JOIN_TRANSACTION, id);
    }

    public static void leaveTransaction(long id) {
        event(LEAVE_TRANSACTION, id);
    }

    public static void marker(String label) {
        named(MARKER, label);
    }

    /** @return why the test's begin was refused; null when nobody answers */
    public static String beginTest(String test) {
        return askOf(io.pmemcheckj.trace.layout.TestMarkers.BEGIN + test);
    }

    /** @return what is wrong with the test, empty for nothing; null when nobody answers */
    public static String endTest(String name) {
        return askOf(io.pmemcheckj.trace.layout.TestMarkers.END + name);
    }

    private static String askOf(String label) {
        int answer = Expectations.claim();
        named(MARKER, label);
        return Expectations.answerTo(answer);
    }

    /**
     * Emulates READ_WRITE_SYNC maps below other folders from now on.
     *
     * @param folders absolute, without links; empty for everywhere, null for nowhere
     * @return those until now
     */
    public static String[] emulatePmem(String[] folders) {
        String[] old = Emulation.folders;
        Emulation.folders = folders;
        return old;
    }

    public static void checkpoint(String label) {
        named(CHECKPOINT, label);
    }

    public static void expectOrdered(long firstAddress, long firstLength, long secondAddress, long secondLength) {
        expectation(Expectations.beginOrder(), EXPECT_ORDERED, firstAddress, firstLength, secondAddress, secondLength);
    }

    public static void expectOrdered(
            ByteBuffer first, int firstIndex, int firstLength, ByteBuffer second, int secondIndex, int secondLength) {
        if (isMemory(first, firstLength) && isMemory(second, secondLength)) {
            expectOrdered(address(first, firstIndex), firstLength, address(second, secondIndex), secondLength);
        }
    }

    public static void label(long address, long length, String name) {
        named(LABEL, name, address, length);
    }

    public static void label(ByteBuffer buffer, int index, int length, String name) {
        if (isMemory(buffer, length)) {
            label(address(buffer, index), length, name);
        }
    }

    public static void registerSegment(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            registerSegment(address(buffer, index), length);
        }
    }

    public static void removeSegment(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            removeSegment(address(buffer, index), length);
        }
    }

    public static void persist(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            persist(address(buffer, index), length);
        }
    }

    public static void flush(long address, long length) {
        if (length > 0) {
            event(FLUSH, address, length);
        }
    }

    public static void flush(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            flush(address(buffer, index), length);
        }
    }

    public static void setClean(long address, long length) {
        if (length > 0) {
            event(SET_CLEAN, address, length);
        }
    }

    public static void setClean(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            setClean(address(buffer, index), length);
        }
    }

    public static void ignoreInTransactions(long address, long length) {
        if (length > 0) {
            event(IGNORE_IN_TRANSACTIONS, address, length);
        }
    }

    public static void ignoreInTransactions(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            ignoreInTransactions(address(buffer, index), length);
        }
    }

    public static void expectPersisted(long address, long length) {
        if (length > 0) {
            expectation(Expectations.begin(), EXPECT_PERSISTED, address, length);
        }
    }

    public static void expectPersisted(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            expectPersisted(address(buffer, index), length);
        }
    }

    public static void atomic(long address, long length) {
        if (length > 0) {
            event(ATOMIC, address, length);
        }
    }

    public static void atomic(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            atomic(address(buffer, index), length);
        }
    }

    public static void checksummed(long address, long length) {
        if (length > 0) {
            event(CHECKSUMMED, address, length);
        }
    }

    public static void checksummed(ByteBuffer buffer, int index, int length) {
        if (isMemory(buffer, length)) {
            checksummed(address(buffer, index), length);
        }
    }
}
