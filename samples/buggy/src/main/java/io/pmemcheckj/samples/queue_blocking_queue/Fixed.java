package io.pmemcheckj.samples.queue_blocking_queue;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --loads --fail-on warning
/** The entry goes into the BlockingQueue when it is durable. */
public final class Fixed {
    private static final int ENTRY = 0;
    private static final int ACKNOWLEDGED = 64;
    private static final BlockingQueue<String> READY = new ArrayBlockingQueue<>(1);

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
            READY.put("entry");
            consumer.join();
        } finally {
            Files.delete(file);
        }
    }

    private static void consume(MappedByteBuffer queue) {
        try {
            READY.take();
            long entry = queue.getLong(ENTRY);
            queue.putLong(ACKNOWLEDGED, entry);
            queue.force(ACKNOWLEDGED, 8);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
