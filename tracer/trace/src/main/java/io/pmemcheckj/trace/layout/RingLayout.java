package io.pmemcheckj.trace.layout;

/**
 * The ring: a shared file through which the traced process hands its events to the consumer.
 *
 * <pre>
 *   0         BOARD           STATES                    CHUNKS
 *   +---------+---------------+-------------------------+---------+---------+----
 *   | header  | what the      | one state word a chunk  | chunk 0 | chunk 1 | ...
 *   |         | replay knows  |                         |         |         |
 *   +---------+---------------+-------------------------+---------+---------+----
 * </pre>
 *
 * Fields that different processors write stand in cache lines of their own. All numbers are in native byte order: both
 * processes run on one machine. A chunk belongs to nobody (state 0) or to one recorder; its state word then holds the
 * recorder's number and the chunk's place in that recorder's sequence. Only a recorder takes a free chunk: by
 * compare-and-set to {@link #PREPARING}, and as its own once it is filled with zeros. Only the consumer frees one. Chunks from {@link #COMMITTED} on have no disk or
 * memory behind them yet and must not be touched: the consumer adds them by writing zeros, so that a full file system is
 * an exception in the consumer and not a bus error in the traced process.
 */
public final class RingLayout {
    public static final long MAGIC = 0x32474e524a434d50L; // "PMCJRNG2"

    public static final int MAGIC_OFFSET = 0;
    /** int: bytes of one chunk. */
    public static final int CHUNK_BYTES_OFFSET = 12;
    /** int: number of state words, the most chunks there can ever be. */
    public static final int MAX_CHUNKS_OFFSET = 16;
    /** int: one of the STATE_ constants, written by the agent. */
    public static final int AGENT_STATE = 24;
    /** long: process id of the traced process, written by the agent. */
    public static final int PROGRAM_PID = 32;
    /** long: the counter that orders events across threads; incremented by every stamped event. */
    public static final int STAMP = 64;
    /** int: chunks that may be used. Written by the consumer. */
    public static final int COMMITTED = 128;
    /** long: where the next search for a free chunk starts. */
    public static final int HINT = 192;
    /** long: how often a recorder found no free chunk. */
    public static final int STARVED = 256;
    /** long: process id of the consumer; 0 once the consumer has gone on purpose. */
    public static final int CONSUMER_PID = 320;
    /** int: one of the LOST_ constants once the traced process gave up recording, else 0. */
    public static final int LOST = 384;

    /** long: everything up to this stamp has been delivered. Written by the consumer. */
    public static final int DELIVERED = 448;

    /** Nobody took the events. */
    public static final int LOST_CONSUMER = 1;
    /** Something went wrong while an event was recorded, for example for lack of memory. */
    public static final int LOST_EVENT = 2;
    /** More threads than the recorder table has room for. */
    public static final int LOST_THREADS = 3;
    /** int length, then UTF-8 text: why the agent failed. */
    public static final int MESSAGE = 512;

    public static final int MESSAGE_MAX = 1024;

    /** Places where the consumer can tell a thread of the program what it waits to know. */
    public static final int FIRST_ANSWER = 4096;

    public static final int ANSWERS = 4;
    public static final int ANSWER_BYTES = 15 * 1024;
    /** First int of a place: one of the following four. */
    public static final int ANSWER_FREE = 0;

    public static final int ANSWER_PREPARED = 1;
    public static final int ANSWER_AWAITED = 2;
    public static final int ANSWER_GIVEN = 3;
    /** int: number of the thread. */
    public static final int ANSWER_THREAD = 4;
    /** int: bytes of the text. */
    public static final int ANSWER_LENGTH = 8;
    /** UTF-8 text. */
    public static final int ANSWER_TEXT = 12;

    public static final int ANSWER_MAX = ANSWER_BYTES - ANSWER_TEXT;

    public static final int STATE_NONE = 0;
    public static final int STATE_ATTACHED = 1;
    public static final int STATE_READY = 2;
    public static final int STATE_FAILED = 3;

    /** long: nanoseconds that threads waited for the consumer, added up. Written by the traced process. */
    public static final int WAITED = 1600;

    /** Where the traced process asks what the replay knows, and the consumer answers. */
    public static final int BOARD = 64 * 1024;
    /** long: number of the latest question. Written by the traced process, after what it asks. */
    public static final int ASKED = BOARD;
    /** long: the question waits for the event with this stamp to be delivered; 0 for whatever is known. */
    public static final int ASKED_STAMP = BOARD + 8;
    /** int: findings that the traced process knows already. */
    public static final int ASKED_FINDINGS = BOARD + 16;
    /** long: number of the question that is answered below. Written by the consumer, after the answer. */
    public static final int TOLD = BOARD + 64;
    /** Seven longs and two ints: see FigureBoard. */
    public static final int TOTALS = BOARD + 128;
    /** int: how many segments follow. */
    public static final int SEGMENT_COUNT = BOARD + 256;

    /** int: how many findings follow. */
    public static final int FINDING_COUNT = BOARD + 260;
    /** int: threads that wait to know what their latest flush found. Written by the traced process. */
    public static final int FLUSHERS_WAIT = BOARD + 320;

    /** Places of these threads. */
    public static final int FLUSHES = BOARD + 384;

    public static final int MAX_FLUSHES = 32;
    public static final int FLUSH_BYTES = 64;
    /** int: number of the thread. Before it, at 0, one of the ANSWER_ constants. */
    public static final int FLUSH_THREAD = 4;
    /** long: stamp of the flush. */
    public static final int FLUSH_STAMP = 8;
    /** Three longs: lines, dirty lines, dirty bytes; the first is -1 where nothing is known. */
    public static final int FLUSH_FOUND = 16;

    /** Places of segments. */
    public static final int SEGMENTS = FLUSHES + MAX_FLUSHES * FLUSH_BYTES;

    public static final int MAX_SEGMENTS = 64;
    public static final int SEGMENT_BYTES = 384;

    /** Places of findings: int length, then text. */
    public static final int FINDINGS = SEGMENTS + MAX_SEGMENTS * SEGMENT_BYTES;

    public static final int MAX_FINDINGS = 8;
    public static final int FINDING_BYTES = 4096;

    /** First state word. */
    public static final int STATES = BOARD + 64 * 1024;

    public static final int CHUNK_BYTES = 32 * 1024;
    public static final int MAX_CHUNKS = 24 * 1024;
    /** First chunk. */
    public static final int CHUNKS = STATES + 8 * MAX_CHUNKS;
    /** The longest the file can get; within what one ByteBuffer can address. */
    public static final long FILE_BYTES = CHUNKS + (long) CHUNK_BYTES * MAX_CHUNKS;

    /** State of a chunk that a recorder has taken and not yet filled with zeros; no recorder has this number. */
    public static final long PREPARING = -1;

    /** Bits of a state word that hold the chunk's place in its recorder's sequence; the recorder stands above them. */
    public static final int SEQUENCE_BITS = 40;

    private RingLayout() {}
}
