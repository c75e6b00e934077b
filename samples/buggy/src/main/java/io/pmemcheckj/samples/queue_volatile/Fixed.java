package io.pmemcheckj.samples.queue_volatile;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --loads --fail-on warning
/** The volatile flag is set when the entry is durable: who sees the flag can rely on it. */
public final class Fixed {
    private static final int ENTRY = 0;
    private static final int ACKNOWLEDGED = 64;
    private static volatile boolean ready;

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
            ready = true;
            consumer.join();
        } finally {
            Files.delete(file);
        }
    }

    private static void consume(MappedByteBuffer queue) {
        while (!ready) {
            Thread.onSpinWait();
        }
        long entry = queue.getLong(ENTRY);
        queue.putLong(ACKNOWLEDGED, entry);
        queue.force(ACKNOWLEDGED, 8);
    }
}
