package io.pmemcheckj.trace.file;

/**
 * The first byte of an encoded event.
 *
 * <pre>
 *   store:       1 t s kk c zz     t thread follows, s site follows, k kind, c count follows, z size
 *   other event: 0 t cccccc        t thread follows, c one of the codes below
 * </pre>
 */
final class EventCode {
    static final int STORE = 0x80;
    /** The thread is not that of the event before. */
    static final int OTHER_THREAD = 0x40;
    /** Of a store: the site is not that of the event before. */
    static final int OTHER_SITE = 0x20;

    static final int KIND_SHIFT = 3;
    /** Of a store: the count is not 1. */
    static final int COUNT = 0x04;

    static final int SIZE_8 = 0;
    static final int SIZE_4 = 1;
    static final int SIZE_1 = 2;
    /** The size follows. */
    static final int SIZE_OTHER = 3;

    static final int CODE_MASK = 0x3f;

    static final int PROPERTY = 1;
    static final int THREAD = 2;
    static final int SITE = 3;
    static final int STACK = 4;
    static final int SAMPLE = 5;
    static final int MAP = 6;
    static final int UNMAP = 7;
    static final int FLUSH = 8;
    static final int FENCE = 9;
    static final int IMPLICIT_FENCE = 10;
    static final int FORCE_BEGIN = 11;
    static final int FILE_FORCE_BEGIN = 12;
    static final int FORCE_END = 13;
    static final int FORCE_FAILED = 14;
    static final int BEGIN_TRANSACTION = 15;
    static final int END_TRANSACTION = 16;
    static final int ADD_TO_TRANSACTION = 17;
    static final int REMOVE_FROM_TRANSACTION = 18;
    static final int JOIN_TRANSACTION = 19;
    static final int LEAVE_TRANSACTION = 20;
    static final int IGNORE_IN_TRANSACTIONS = 21;
    static final int SET_CLEAN = 22;
    static final int MARKER = 23;
    static final int CHECKPOINT = 24;
    static final int EXPECT_PERSISTED = 25;
    static final int EXPECT_ORDERED = 26;
    static final int ATOMIC = 27;
    static final int CHECKSUMMED = 28;
    static final int LABEL = 29;
    static final int GAP = 30;
    static final int END = 31;
    static final int FILE_STORE = 32;
    static final int FILE_SIZE = 33;
    static final int VALUE = 34;
    static final int AUDITED = 35;
    static final int UNTRACED_WRITE = 36;

    static final int BEGIN_UNDO_LOG = 37;
    static final int ADD_TO_UNDO_LOG = 38;
    static final int ADD_TO_UNDO_LOG_AUTOMATICALLY = 39;
    static final int ABORT_UNDO_LOG = 40;
    static final int END_UNDO_LOG = 41;
    static final int END_UNPERSISTED_UNDO_LOG = 42;
    static final int ALLOCATED = 43;
    static final int FREED = 44;
    static final int INTERNAL = 45;
    static final int INTERNAL_END = 46;
    static final int FILE_NAMED = 47;
    static final int FILE_REMOVED = 48;
    static final int VOLATILE_POINTER = 49;

    static final int PERSIST_BEGIN = 50;

    static final int LOAD = 51;
    static final int RELEASE = 52;
    static final int ACQUIRE = 53;
    static final int GUARD_SITE = 54;
    static final int DECLARED_ORDER = 55;

    static final int FILE_LOAD = 56;
    static final int FILE_FOUND = 57;
    static final int FILE_CONTENT = 58;

    private EventCode() {}
}
