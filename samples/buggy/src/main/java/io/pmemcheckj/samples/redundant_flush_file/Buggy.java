package io.pmemcheckj.samples.redundant_flush_file;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

// run: --fail-on warning
/**
 * Forces in the method that writes the page and again in its caller: a second system call that persists nothing.
 */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "page", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer page = channel.map(MapMode.READ_WRITE, 0, 4096);
            write(page, 1);
            page.force(); // finds: redundant-flush occurrences=1
        } finally {
            Files.delete(file);
        }
    }

    private static void write(MappedByteBuffer page, long value) {
        page.putLong(0, value);
        page.force();
    }
}
