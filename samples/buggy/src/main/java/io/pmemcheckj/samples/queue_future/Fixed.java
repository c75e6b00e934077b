package io.pmemcheckj.samples.queue_future;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --loads --fail-on warning
/** The future is completed when the entry is durable. */
public final class Fixed {
    private static final int ENTRY = 0;
    private static final int ACKNOWLEDGED = 64;
    private static final CompletableFuture<String> STORED = new CompletableFuture<>();

    private Fixed() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "queue", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer queue = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            Thread consumer = new Thread(() -> consume(queue), "consumer");
            consumer.start();
            queue.putLong(ENTRY, 42);
            queue.force(ENTRY, 8);
            STORED.complete("entry");
            consumer.join();
        } finally {
            Files.delete(file);
        }
    }

    private static void consume(MappedByteBuffer queue) {
        STORED.join();
        long entry = queue.getLong(ENTRY);
        queue.putLong(ACKNOWLEDGED, entry);
        queue.force(ACKNOWLEDGED, 8);
    }
}
