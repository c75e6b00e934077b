package io.pmemcheckj.trace.layout;

/**
 * Records within a chunk. A record takes one or more slots of 16 bytes and never crosses a chunk's end.
 *
 * <pre>
 *          63    56 55    48 47                       0
 *   word 0 |  kind | aux    | address                  |    store, bulk
 *   word 1 |  count or length (32) |  site (32)        |
 *
 *          63    56 55     40 39                      0
 *   word 0 |  kind | slots   | 0                       |    everything else
 *   word 1 |  stamp, or a value                        |
 *   ...       slots - 1 more slots of longs and text
 * </pre>
 *
 * A record exists once word 0 is not zero; word 1 and the payload are written before it. In a stamped event word 1 is
 * zero at first and gets the stamp afterwards: a reader that meets a zero stamp waits, so no event with a larger stamp
 * is ever replayed before it. A store's value is read back between the two: whoever stores to the same place later has a
 * larger stamp, and whoever stored before is overwritten, so the values replayed in the order of the stamps end with what
 * memory holds. A store's stamp is that of the latest {@link #SET_STAMP} or stamped event before it in its
 * recorder's sequence. The count of the last store record of a recorder may still grow until another record follows it.
 */
public final class RecordLayout {
    public static final int SLOT = 16;
    public static final int KIND_SHIFT = 56;
    public static final int AUX_SHIFT = 48;
    public static final int SLOTS_SHIFT = 40;
    public static final long ADDRESS_MASK = (1L << 48) - 1;

    /** Instead of a store kind: the record is of loads. */
    public static final int LOAD = 4;

    /** aux: store kind << 4 | log2 of the size; word 1: count << 32 | site. */
    public static final int STORE = 1;
    /** aux: store kind << 4; word 1: length (unsigned) << 32 | site. */
    public static final int BULK = 2;
    /** word 1: the stamp of the stores that follow. */
    public static final int SET_STAMP = 3;
    /** word 1: the thread that makes the following events of this recorder. */
    public static final int SET_THREAD = 4;
    /** word 1: stack of the event that follows. */
    public static final int SAMPLE = 5;
    /** The rest of the chunk is unused. */
    public static final int PAD = 6;

    /** Stamped events have kinds from here on; payload longs in the order of the comment, text last. */
    public static final int FIRST_STAMPED = 16;
    /** site, address, length. */
    public static final int FLUSH = 16;
    /** site, explicit (0 or 1). */
    public static final int FENCE = 17;
    /** site, address, length. */
    public static final int FORCE_BEGIN = 18;
    /** site, device, inode. */
    public static final int FILE_FORCE_BEGIN = 19;
    /** failed (0 or 1). */
    public static final int FORCE_END = 20;
    /** site, address, length, device, inode, file offset, flags, path. */
    public static final int MAP = 21;
    /** site, address, length. */
    public static final int UNMAP = 22;
    /** site, transaction. */
    public static final int BEGIN_TRANSACTION = 23;
    /** site, transaction. */
    public static final int END_TRANSACTION = 24;
    /** site, transaction, address, length. */
    public static final int ADD_TO_TRANSACTION = 25;
    /** site, transaction, address, length. */
    public static final int REMOVE_FROM_TRANSACTION = 26;
    /** site, transaction. */
    public static final int JOIN_TRANSACTION = 27;
    /** site, transaction. */
    public static final int LEAVE_TRANSACTION = 28;
    /** site, address, length. */
    public static final int IGNORE_IN_TRANSACTIONS = 29;
    /** site, address, length. */
    public static final int SET_CLEAN = 30;
    /** site, label. */
    public static final int MARKER = 31;
    /** site, label. */
    public static final int CHECKPOINT = 32;
    /** site, address, length. */
    public static final int EXPECT_PERSISTED = 33;
    /** site, first address, first length, second address, second length. */
    public static final int EXPECT_ORDERED = 34;
    /** site, address, length. */
    public static final int ATOMIC = 35;
    /** site, address, length. */
    public static final int CHECKSUMMED = 36;
    /** site, address, length, name. */
    public static final int LABEL = 37;
    /**
     * A store with the bytes it left, instead of STORE where values are recorded. The site stands in the lower half of
     * word 0; then aux and address as in word 0 of a STORE, and the bytes, the first of them lowest.
     */
    public static final int VALUE_STORE = 38;
    /** address, or offset in a file, number of bytes, the bytes: of the store, bulk store or file store before. */
    public static final int VALUES = 39;
    /** site, device, inode, offset, length, durable (0 or 1). */
    public static final int FILE_STORE = 40;
    /** site, device, inode, length. */
    public static final int FILE_SIZE = 41;

    /** site, pool. */
    public static final int BEGIN_UNDO_LOG = 42;
    /** site, address, length, automatic (0 or 1). */
    public static final int ADD_TO_UNDO_LOG = 43;
    /** site. */
    public static final int ABORT_UNDO_LOG = 44;
    /** site, persisted (0 or 1). */
    public static final int END_UNDO_LOG = 45;
    /** site, address, length. */
    public static final int ALLOCATED = 46;
    /** site, address, length. */
    public static final int FREED = 47;
    /** begins (0 or 1). */
    public static final int INTERNAL = 48;
    /** site, device, inode, directory, renamed (0 or 1), path. */
    public static final int FILE_NAMED = 49;
    /** site, device, inode, path. */
    public static final int FILE_REMOVED = 50;
    /** site, address, value. */
    public static final int VOLATILE_POINTER = 51;

    /** site, address, length. */
    public static final int PERSIST_BEGIN = 52;

    /** site, object. */
    public static final int RELEASE = 53;
    /** site, object. */
    public static final int ACQUIRE = 54;

    /** 0, device, inode, created (0 or 1), path: before a file is changed for the first time. */
    public static final int FILE_FOUND = 55;
    /** As FILE_STORE: the bytes are to be taken from the file, and the program waits for that. */
    public static final int FILE_COPY = 56;

    /** site, device, inode, offset, length. */
    public static final int FILE_LOAD = 57;

    /** Definitions have kinds from here on: no stamp, delivered as soon as they are seen. */
    public static final int FIRST_DEFINITION = 64;
    /** key, value (texts). */
    public static final int PROPERTY = 64;
    /** thread, name. */
    public static final int THREAD = 65;
    /** site, line, class, method, file (an empty text for none). */
    public static final int SITE = 66;
    /** stack, number of frames, sites. */
    public static final int STACK = 67;
    /** reason. */
    public static final int GAP = 68;

    /** site. */
    public static final int GUARD_SITE = 69;
    /** name, first, then (texts). */
    public static final int DECLARED_ORDER = 70;

    private RecordLayout() {}
}
