package io.pmemcheckj.samples.torn_record;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

// run: --fail-on warning
/**
 * Length and checksum of the record are one long, across the sectors of an ordinary file, and change in place. A
 * crash can leave the new length with the old checksum: neither the new record nor the old one can be read.
 */
public final class Buggy {
    private static final int RECORD = 508;

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "record", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer record = channel.map(MapMode.READ_WRITE, 0, 4096);
            record.putLong(RECORD, 20L << 32 | 0x1234);
            record.force(RECORD, 8);
            record.putLong(RECORD, 24L << 32 | 0x5678); // finds: torn-store bytes=8 occurrences=1
            record.force(RECORD, 8);
        } finally {
            Files.delete(file);
        }
    }
}
