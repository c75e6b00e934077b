package io.pmemcheckj.samples.unflushed_store;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes the entries, then forces them together with their count. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "ledger", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer ledger = channel.map(MapMode.READ_WRITE, 0, 4096);
            for (int entry = 1; entry <= 3; entry++) {
                ledger.putLong(entry * 16, 100L * entry);
            }
            ledger.putLong(0, 3);
            ledger.force();
        } finally {
            Files.delete(file);
        }
    }
}
