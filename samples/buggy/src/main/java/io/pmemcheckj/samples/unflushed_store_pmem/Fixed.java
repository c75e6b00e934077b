package io.pmemcheckj.samples.unflushed_store_pmem;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Forces the whole record, which is two cache lines. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "records", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer records = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            records.putLong(56, 42);
            records.putLong(64, 1000);
            records.force(56, 16);
        } finally {
            Files.delete(file);
        }
    }
}
