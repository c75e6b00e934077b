package io.pmemcheckj.samples.expect_persisted;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Forces before it acknowledges. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "queue", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer queue = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            queue.putLong(0, 7);
            queue.force(0, 8);
            acknowledge(queue);
        } finally {
            Files.delete(file);
        }
    }

    private static void acknowledge(MappedByteBuffer queue) {
        PmemCheck.expectPersisted(queue, 0, 8);
        System.out.println("saved");
    }
}
