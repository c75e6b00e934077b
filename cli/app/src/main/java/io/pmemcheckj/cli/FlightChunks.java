package io.pmemcheckj.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which a JVM keeps the chunks of its recordings while it runs. One that is killed leaves it behind; the last chunk is
 * then whole up to the last flush of the recorder, which comes once a second.
 */
final class FlightChunks {
    private static final int MAGIC = 0x464c5200; // FLR
    private static final int SIZE = 8;
    private static final int STATE = 64;
    private static final int HEADER_BYTES = 68;
    private static final byte COMPLETE = 0;

    private FlightChunks() {}

    /** Makes one recording of them: the chunks, one behind the other, are one. */
    static void assemble(Path folder, Path file) throws IOException {
        List<Path> chunks;
        try (Stream<Path> all = Files.list(folder)) {
            chunks = all.filter(entry -> entry.toString().endsWith(".jfr"))
                    .sorted()
                    .toList();
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Path chunk : chunks) {
                out.write(completed(Files.readAllBytes(chunk)));
            }
        }
    }

    /**
     * A chunk that is being written says so, and readers would wait for more of it.
     *
     * @return nothing for one that has not been flushed
     */
    private static byte[] completed(byte[] chunk) {
        if (chunk.length < HEADER_BYTES || ByteBuffer.wrap(chunk).getInt(0) != MAGIC) {
            return new byte[0];
        }
        long size = ByteBuffer.wrap(chunk).getLong(SIZE);
        if (size < HEADER_BYTES || size > chunk.length) {
            return new byte[0];
        }
        byte[] whole = Arrays.copyOf(chunk, (int) size);
        whole[STATE] = COMPLETE;
        return whole;
    }
}
