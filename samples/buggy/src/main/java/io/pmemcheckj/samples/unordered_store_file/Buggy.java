package io.pmemcheckj.samples.unordered_store_file;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The same on an ordinary file: the kernel writes back pages whenever it likes, also before any force. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "entry", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer entry = channel.map(MapMode.READ_WRITE, 0, 8192);
            PmemCheck.expectOrdered(entry, 0, 8, entry, 4096, 8);
            entry.putLong(0, 42);
            entry.putLong(4096, 1); // finds: unordered-store
            entry.force();
        } finally {
            Files.delete(file);
        }
    }
}
