package io.pmemcheckj.samples.unflushed_store_pmem;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** A 16-byte record lies across two cache lines; the force covers only the line of its first half. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "records", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer records = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            records.putLong(56, 42);
            records.putLong(64, 1000); // finds: unflushed-store bytes=8 occurrences=1
            records.force(56, 8);
        } finally {
            Files.delete(file);
        }
    }
}
