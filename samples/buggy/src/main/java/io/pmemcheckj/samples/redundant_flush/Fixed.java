package io.pmemcheckj.samples.redundant_flush;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on warning
/** Only the helper forces. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "counter", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer counter = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            for (int i = 1; i <= 3; i++) {
                increment(counter);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void increment(MappedByteBuffer counter) {
        counter.putLong(0, counter.getLong(0) + 1);
        counter.force(0, 8);
    }
}
