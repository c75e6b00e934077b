package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.util.function.BiConsumer;

/** Who hears of what the program does besides storing and loading, on the thread that does it. */
final class Observer {
    /** What is worth telling; a bit for each kind of event. */
    private static final long KINDS = 1L << RecordLayout.MAP
            | 1L << RecordLayout.UNMAP
            | 1L << RecordLayout.FLUSH
            | 1L << RecordLayout.FORCE_BEGIN
            | 1L << RecordLayout.FILE_FORCE_BEGIN
            | 1L << RecordLayout.PERSIST_BEGIN
            | 1L << RecordLayout.FORCE_END
            | 1L << RecordLayout.BEGIN_TRANSACTION
            | 1L << RecordLayout.ADD_TO_TRANSACTION
            | 1L << RecordLayout.JOIN_TRANSACTION
            | 1L << RecordLayout.LEAVE_TRANSACTION
            | 1L << RecordLayout.END_TRANSACTION
            | 1L << RecordLayout.BEGIN_UNDO_LOG
            | 1L << RecordLayout.ADD_TO_UNDO_LOG
            | 1L << RecordLayout.ABORT_UNDO_LOG
            | 1L << RecordLayout.END_UNDO_LOG
            | 1L << RecordLayout.MARKER
            | 1L << RecordLayout.CHECKPOINT;

    /** Null for nobody. Takes the kind of an event (boxed), and an array of its values (longs), stamp and text. */
    static volatile BiConsumer<Object, Object> receiver;

    private Observer() {}

    static void set(BiConsumer<Object, Object> newReceiver) {
        receiver = newReceiver;
    }

    /** Whether somebody wants to know of events of this kind. */
    static boolean hears(int kind) {
        return receiver != null && (KINDS >>> kind & 1) != 0;
    }
}
