package io.pmemcheckj.trace.file;

/**
 * A kept trace: a header, frames of events, and an end frame. All numbers of the header and of frame headers are
 * big-endian; FORMAT.md describes the encoding of events.
 *
 * <pre>
 *   0        8         12
 *   +--------+---------+-------+-------+-----+-----------+
 *   | magic  | version | frame | frame | ... | end frame |
 *   +--------+---------+-------+-------+-----+-----------+
 *
 *   frame:
 *   0      4            8              12                16              20
 *   +------+------------+--------------+-----------------+---------------+---------+
 *   | type | raw length | stored length| payload CRC-32C | header CRC-32C| payload |
 *   +------+------------+--------------+-----------------+---------------+---------+
 * </pre>
 */
final class FileLayout {
    /** Starts with a byte no text starts with; the line ends in it show what a transfer as text has spoilt. */
    private static final byte[] MAGIC = {(byte) 0x89, 'P', 'M', 'C', 'J', '\r', '\n', 0x1a};

    static final int MAGIC_BYTES = 8;
    /** What is written; each version added events. */
    static final int VERSION = 5;
    /** The oldest that is read. */
    static final int OLDEST_VERSION = 1;

    static final int HEADER_BYTES = MAGIC_BYTES + 4;

    /** "EVNT": the payload is events, compressed by raw deflate. */
    static final int EVENTS_FRAME = 0x45564e54;
    /** "DONE": the last frame; no payload. */
    static final int END_FRAME = 0x444f4e45;

    static final int FRAME_HEADER_BYTES = 20;
    /** Bytes of the frame header that its own checksum covers. */
    static final int CHECKED_HEADER_BYTES = 16;

    /** Deflate cannot do better than 1032 to 1; a frame that claims more is not allocated. */
    static final long MAX_RATIO = 1040;

    private FileLayout() {}

    static byte[] magic() {
        return MAGIC.clone();
    }
}
