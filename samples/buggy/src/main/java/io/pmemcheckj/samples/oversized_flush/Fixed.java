package io.pmemcheckj.samples.oversized_flush;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on note
/** Forces the slot that changed. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "index", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer index = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 1 << 20);
            index.putLong(4096, 1);
            index.force(4096, 8);
        } finally {
            Files.delete(file);
        }
    }
}
