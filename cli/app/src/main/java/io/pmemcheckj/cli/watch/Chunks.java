package io.pmemcheckj.cli.watch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Whether a recording has all of its chunks. A stream of events waits for ever where the JVM was killed before it had
 * finished one, and says nothing where a file was cut off.
 */
enum Chunks {
    NONE,
    WHOLE,
    /** The last one was being written when the JVM was killed, or is still. */
    UNFINISHED,
    /** The file is shorter than the last one says. */
    CUT_OFF;

    private static final int MAGIC = 0x464c5200; // FLR and a zero
    private static final int SIZE_AT = 8;
    private static final int STATE_AT = 64;
    private static final int HEADER = 68;
    private static final int FINISHED = 0;

    static Chunks of(Path recording) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(recording.toFile(), "r")) {
            long at = 0;
            while (at < file.length()) {
                if (file.length() - at < HEADER) {
                    return at == 0 ? NONE : CUT_OFF;
                }
                file.seek(at);
                if (file.readInt() != MAGIC) {
                    return at == 0 ? NONE : CUT_OFF;
                }
                file.seek(at + SIZE_AT);
                long size = file.readLong();
                file.seek(at + STATE_AT);
                if (file.readUnsignedByte() != FINISHED || size < HEADER) {
                    return UNFINISHED;
                }
                at += size;
            }
            return at == 0 ? NONE : at > file.length() ? CUT_OFF : WHOLE;
        }
    }
}
