package io.pmemcheckj.samples.declared_order;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --order {source}/order.yaml
/** The order is declared in a file, without a change to the program: first the payload, then the flag. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "entry", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer entry = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            entry.putLong(0, 42);
            entry.putLong(64, 1); // finds: unordered-store bytes=8 occurrences=1
            entry.force(0, 72);
        } finally {
            Files.delete(file);
        }
    }
}
