package io.pmemcheckj.samples.ring_buffer;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --order {source}/order.yaml
/** Fills the place, and then moves the index on. */
public final class Fixed {
    private static final int INDEX = 0;
    private static final int ENTRIES = 64;
    private static final int LENGTH = 4;

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "ring", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer ring = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            for (int i = 0; i < 6; i++) {
                put(ring, 100 + i);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void put(MappedByteBuffer ring, long entry) {
        long index = ring.getLong(INDEX);
        int at = ENTRIES + (int) (index % LENGTH) * 8;
        ring.putLong(at, entry);
        ring.force(at, 8);
        ring.putLong(INDEX, index + 1);
        ring.force(INDEX, 8);
    }
}
