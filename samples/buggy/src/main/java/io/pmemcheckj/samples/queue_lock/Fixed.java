package io.pmemcheckj.samples.queue_lock;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --loads --fail-on warning
/** Stores and forces the entry, and says so, within one lock: who takes the lock later finds it durable. */
public final class Fixed {
    private static final int ENTRY = 0;
    private static final int ACKNOWLEDGED = 64;
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition STORED = LOCK.newCondition();
    private static boolean ready;

    private Fixed() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "queue", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer queue = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            Thread consumer = new Thread(() -> consume(queue), "consumer");
            consumer.start();
            LOCK.lock();
            try {
                queue.putLong(ENTRY, 42);
                queue.force(ENTRY, 8);
                ready = true;
                STORED.signal();
            } finally {
                LOCK.unlock();
            }
            consumer.join();
        } finally {
            Files.delete(file);
        }
    }

    private static void consume(MappedByteBuffer queue) {
        LOCK.lock();
        try {
            while (!ready) {
                STORED.awaitUninterruptibly();
            }
            long entry = queue.getLong(ENTRY);
            queue.putLong(ACKNOWLEDGED, entry);
            queue.force(ACKNOWLEDGED, 8);
        } finally {
            LOCK.unlock();
        }
    }
}
