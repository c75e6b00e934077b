package io.pmemcheckj.replay;

import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.memory.Segment;

/** What a rule can hear of; every method does nothing unless overridden. */
public interface ReplayListener {
    /** {@code expectedSite} of {@link #notPersistent} at the end of the program. */
    int AT_END = -1;

    /** Bytes are about to be stored. Only for those who asked, see {@link Replayer#watchStores}. */
    default void storing(StoreEvent store) {}

    /** A flush of a range was started. Only for those who asked, see {@link Replayer#watchFlushes}. */
    default void flushed(FlushEvent flush) {}

    /**
     * A fence. Only for those who asked, see {@link Replayer#watchFences}.
     *
     * @param ordersNothing true when the thread flushed nothing since its last fence
     */
    default void fenced(int thread, int site, boolean explicit, boolean ordersNothing) {}

    /** A thread declares a range persistent; what is not is told next. */
    default void expecting(int thread) {}

    /**
     * Bytes of a line are not persistent though they should be.
     *
     * @param mask the bytes
     * @param expectedSite where the program declared them persistent, or {@link #AT_END}
     */
    default void notPersistent(
            Segment segment, long line, long mask, int owner, PendingState state, int flushSite, int expectedSite) {}

    /** A transaction began. */
    default void transactionBegan(Transaction transaction) {}

    /** A range is about to be added. */
    default void adding(Transaction transaction, Transaction.LoggedRange range) {}

    /** The outermost end; the transaction's sets still stand, and it knows how it ended. */
    default void transactionEnded(Transaction transaction, int thread, int site) {}

    /** The program ended inside the transaction. */
    default void transactionUnfinished(Transaction transaction) {}

    /** Stores to the first range must be persistent before a store to the second can be. */
    default void orderDeclared(
            int thread,
            int site,
            Segment first,
            long firstStart,
            long firstEnd,
            Segment second,
            long secondStart,
            long secondEnd) {}

    /** The program mapped [start, end) of a file, for reading and writing. */
    default void mapped(Segment segment, long start, long end) {}

    /** The trace holds loads and what synchronizes threads. */
    default void loadsCome() {}

    /** Bytes [start, end) of a segment were read. Only for those who asked, see {@link Replayer#watchLoads}. */
    default void loaded(int thread, int site, Segment segment, long start, long end) {}

    /** A thread hands over what it did, see {@link io.pmemcheckj.trace.TraceVisitor#release}. As {@link #loaded}. */
    default void released(int thread, long object) {}

    /** A thread takes over what was released on the object. As {@link #loaded}. */
    default void acquired(int thread, long object) {}

    /**
     * Bytes of a line are persistent from now on, and were not before. Only for those who asked, see {@link
     * Replayer#watchPersists}.
     *
     * @param thread whose deed that was
     * @param event a number that differs between the events of the trace which did it
     */
    default void persisted(int thread, int site, long event, Segment segment, long line, long mask) {}

    /** The code declares an order, see {@link io.pmemcheckj.trace.TraceVisitor#declaredOrder}. */
    default void orderDeclared(String name, String first, String then) {}

    /** The range must change as one unit. */
    default void atomicDeclared(int thread, int site, Segment segment, long start, long end) {}

    /** Recovery detects a torn or missing write in the range by itself. */
    default void checksummed(Segment segment, long start, long end) {}

    /** A library handed out the range: what was stored there before means nothing any more. */
    default void allocated(Segment segment, long start, long end) {}

    /** The trace will end with an audit. */
    default void auditComes() {}

    /**
     * Bytes changed that no store explains.
     *
     * @param expected the first of them as they should be, in hexadecimal
     * @param found the first of them as they are
     */
    default void untracedWrite(Segment segment, long start, long end, String expected, String found) {}

    /** A store at this position left the address of memory that does not outlive the process. */
    default void volatilePointer(int thread, int site, Segment segment, long position, long value) {}

    /** The program ended, and a change of a file's metadata had not been synced. */
    default void metadataUnsynced(Segment segment, MetadataChange change) {}

    /** Nothing follows; for rules that judge the run as a whole. */
    default void ended() {}

    /** The program passed a named moment. */
    default void marked(int thread, String label) {}

    /** A range got a name. */
    default void labelled(Segment segment, long start, long end, String name) {}
}
