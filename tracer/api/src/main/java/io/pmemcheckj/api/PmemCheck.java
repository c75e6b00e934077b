package io.pmemcheckj.api;

import java.nio.ByteBuffer;

/**
 * Client requests: what a program tells pmemcheck-j about its persistent memory.
 *
 * <p>Every method does nothing unless the pmemcheck-j agent runs in this JVM, so calls can stay in a program that is
 * shipped. None of them stores, flushes or fences by itself, none throws, and none checks its arguments; what a
 * request says about memory outside every segment is ignored.
 *
 * <p>A <em>segment</em> is memory that the check covers: each mapping of a file that the program can write to, without
 * any request, and what {@link #registerSegment(ByteBuffer, int, int)} adds. A <em>range</em> is given either as the
 * bytes {@code index} to {@code index + length - 1} of a direct buffer, or by an address. To <em>flush</em> is to start
 * the write-back of the cache lines of a range; a <em>fence</em> waits for the flushes that this thread started before
 * it; to <em>persist</em> is to do both.
 *
 * <p>The requests mean what those of Valgrind's pmemcheck with the corresponding names mean (see
 * https://pmem.io/valgrind/generated/pmc-manual.html), with two differences. Flushes cover the cache lines that the
 * range touches, and a fence completes only the flushes of its own thread, as the processor does it.
 *
 * <h2>Transactions</h2>
 * Once a program has begun a transaction, stores by a thread that takes part in a transaction belong to it. They
 * must go to ranges that were added to it (and so can be rolled back), and must be persistent when it ends. Each thread
 * has a transaction of its own, for the requests that name none; a transaction with a number is one that several
 * threads can take part in. Transactions nest: beginning one that is open already makes its next end an inner one,
 * and only the outermost end closes it.
 */
public final class PmemCheck {
    private PmemCheck() {}

    /**
     * Whether the agent runs in this JVM, so that requests have an effect.
     *
     * @return false unless the agent has replaced this method
     */
    public static boolean isActive() {
        return false;
    }

    /**
     * Makes memory a segment, as if a file were mapped there with {@code MAP_SYNC}. Needed only for memory that is not
     * mapped through the JDK, or to rehearse on ordinary direct memory what will run on persistent memory.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_REGISTER_PMEM_MAPPING})
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void registerSegment(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #registerSegment(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void registerSegment(long address, long length) {}

    /**
     * Ends the check of a range, as unmapping it would: stores to it that are not persistent are reported now, later
     * ones are not looked at.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_REMOVE_PMEM_MAPPING})
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void removeSegment(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #removeSegment(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void removeSegment(long address, long length) {}

    /**
     * States that the program has started the write-back of a range by means that the agent cannot see, for example
     * native code. It is complete at this thread's next fence.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_DO_FLUSH})
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void flush(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #flush(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void flush(long address, long length) {}

    /**
     * States that a fence was executed by means that the agent cannot see: what this thread flushed before is
     * persistent.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_DO_FENCE})
     */
    public static void fence() {}

    /**
     * States that the program has persisted a range by means that the agent cannot see: a flush and a fence in one.
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void persist(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #persist(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void persist(long address, long length) {}

    /**
     * Declares a range persistent as it stands, whatever was stored to it; nothing stored there before is reported any
     * more. For data that need not survive a crash, or whose loss is handled.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_SET_CLEAN})
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void setClean(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #setClean(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void setClean(long address, long length) {}

    /**
     * Begins this thread's own transaction.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_START_TX})
     */
    public static void startTransaction() {}

    /**
     * Begins a transaction with a number and lets this thread take part in it.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_START_TX_N})
     *
     * @param id any number the program chooses for the transaction
     */
    public static void startTransaction(long id) {}

    /**
     * Ends this thread's own transaction: what was stored in it must be persistent now.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_END_TX})
     */
    public static void endTransaction() {}

    /**
     * Ends a transaction with a number, for every thread that takes part in it: what was stored in it must be
     * persistent now.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_END_TX_N})
     *
     * @param id any number the program chooses for the transaction
     */
    public static void endTransaction(long id) {}

    /**
     * Adds a range to this thread's own transaction: its old contents are logged, so stores to it can be rolled back.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_ADD_TO_TX})
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void addToTransaction(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #addToTransaction(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void addToTransaction(long address, long length) {}

    /**
     * Adds a range to a transaction with a number.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_ADD_TO_TX_N})
     *
     * @param id any number the program chooses for the transaction
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void addToTransaction(long id, ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #addToTransaction(long, ByteBuffer, int, int)} for memory given by its address.
     *
     * @param id any number the program chooses for the transaction
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void addToTransaction(long id, long address, long length) {}

    /**
     * Takes a range out of this thread's own transaction: from now on stores to it are not covered.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_REMOVE_FROM_TX})
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void removeFromTransaction(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #removeFromTransaction(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void removeFromTransaction(long address, long length) {}

    /**
     * Takes a range out of a transaction with a number.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_REMOVE_FROM_TX_N})
     *
     * @param id any number the program chooses for the transaction
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void removeFromTransaction(long id, ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #removeFromTransaction(long, ByteBuffer, int, int)} for memory given by its address.
     *
     * @param id any number the program chooses for the transaction
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void removeFromTransaction(long id, long address, long length) {}

    /**
     * Lets this thread take part in a transaction that another thread began.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_ADD_THREAD_TX_N})
     *
     * @param id any number the program chooses for the transaction
     */
    public static void joinTransaction(long id) {}

    /**
     * Ends the part of this thread in a transaction, which stays open.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_REMOVE_THREAD_FROM_TX_N})
     *
     * @param id any number the program chooses for the transaction
     */
    public static void leaveTransaction(long id) {}

    /**
     * Exempts a range from the transaction rules, for all threads and from now on: stores to it need no transaction
     * and need not be added to one. They still must be persisted.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_ADD_TO_GLOBAL_TX_IGNORE})
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void ignoreInTransactions(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #ignoreInTransactions(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void ignoreInTransactions(long address, long length) {}

    /**
     * Names this moment, for reports and for limiting the exploration of crash states to what lies between two
     * markers.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_EMIT_LOG})
     *
     * @param label a name, at best the same in every run
     */
    public static void marker(String label) {}

    /**
     * Takes a snapshot of the counts so far (stores and bytes that are not persistent) for the report.
     *
     * <p>(pmemcheck: {@code VALGRIND_PMC_WRITE_STATS})
     *
     * @param label name of the snapshot in the report
     */
    public static void checkpoint(String label) {}

    /**
     * Asserts that everything stored in a range is persistent now; what is not is reported with the place of the store
     * and of this call.
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void expectPersisted(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #expectPersisted(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void expectPersisted(long address, long length) {}

    /**
     * Asserts an order: from now on, what is stored in the first range must be persistent before a later store to the
     * second can be. Typical for data and the flag or pointer that publishes it. If nothing was ever stored in the first range,
     * a store to the second that comes before one to the first is wrong, too, unless the opposite order is also declared.
     *
     * @param first direct buffer that holds what must persist first
     * @param firstIndex absolute index of its first byte
     * @param firstLength number of bytes
     * @param second direct buffer that holds what must persist afterwards
     * @param secondIndex absolute index of its first byte
     * @param secondLength number of bytes
     */
    public static void expectOrdered(
            ByteBuffer first, int firstIndex, int firstLength, ByteBuffer second, int secondIndex, int secondLength) {}

    /**
     * The same as {@link #expectOrdered(ByteBuffer, int, int, ByteBuffer, int, int)} for memory given by addresses.
     *
     * @param firstAddress address of what must persist first
     * @param firstLength number of bytes
     * @param secondAddress address of what must persist afterwards
     * @param secondLength number of bytes
     */
    public static void expectOrdered(long firstAddress, long firstLength, long secondAddress, long secondLength) {}

    /**
     * Declares that a range must change as one unit: that a crash can leave part of a store to it behind is an error.
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void atomic(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #atomic(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void atomic(long address, long length) {}

    /**
     * Declares that recovery detects a torn or missing write in a range by itself, for example by a checksum, so that
     * neither is reported.
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     */
    public static void checksummed(ByteBuffer buffer, int index, int length) {}

    /**
     * The same as {@link #checksummed(ByteBuffer, int, int)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     */
    public static void checksummed(long address, long length) {}

    /**
     * Names a range for reports and order files.
     *
     * @param buffer a direct buffer; the request is ignored for a heap buffer
     * @param index absolute index of the first byte, whatever the position of the buffer
     * @param length number of bytes
     * @param name the name; several ranges may share it
     */
    public static void label(ByteBuffer buffer, int index, int length, String name) {}

    /**
     * The same as {@link #label(ByteBuffer, int, int, String)} for memory given by its address.
     *
     * @param address address of the first byte in this process
     * @param length number of bytes
     * @param name the name; several ranges may share it
     */
    public static void label(long address, long length, String name) {}
}
