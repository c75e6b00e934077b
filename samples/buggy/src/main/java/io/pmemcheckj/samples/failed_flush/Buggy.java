package io.pmemcheckj.samples.failed_flush;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The thread is interrupted, so force closes the channel and throws instead of writing back; the exception is
 * swallowed.
 */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "journal", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer journal = channel.map(MapMode.READ_WRITE, 0, 4096);
            journal.putLong(0, 42);
            Thread.currentThread().interrupt(); // what shutdownNow does to a pool's threads
            try {
                channel.force(false); // finds: failed-flush bytes=8 occurrences=1
            } catch (ClosedByInterruptException e) {
                System.out.println("stopping");
            }
        } finally {
            Files.delete(file);
        }
    }
}
