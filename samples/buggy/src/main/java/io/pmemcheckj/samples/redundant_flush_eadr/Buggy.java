package io.pmemcheckj.samples.redundant_flush_eadr;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --domain eadr --fail-on warning
/**
 * Forces on a platform whose CPU caches survive a power cut: there a store is durable as soon as others can see
 * it.
 */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "counter", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer counter = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            counter.putLong(0, 1);
            counter.force(0, 8); // finds: redundant-flush occurrences=1
        } finally {
            Files.delete(file);
        }
    }
}
