package matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads. */
public final class VirtualThreads {
    private static final int READS = 16;

    private VirtualThreads() {}

    public static void add(Rows t) throws IOException {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        t.row("virtual thread", 8, m -> Thread.ofVirtual().name("virtual").start(() -> m.buffer.putLong(m.at, m.longValue)).join()).byThreads("virtual");
        t.row("virtual thread without a name", 8, m -> Thread.startVirtualThread(() -> m.buffer.putLong(m.at, m.longValue)).join()).times(500).byThreads("virtual-\\d+");
        t.row("virtual thread that yields", 16, m -> Thread.ofVirtual().name("yielding").start(() -> yielding(m)).join()).times(500).byThreads("yielding").storedAt("yielding");
        t.row("virtual threads side by side", 16, m -> side(m)).times(500).byThreads("side-\\d").storedAt("side");
        Pipe pipe = Pipe.open();
        t.row("virtual thread that waits in reads at two places", READS, m -> waiting(m, pipe)).times(50).byThreads("waiting").storedAt("waiting");
        t.row("virtual thread per task", 8, m -> executor.submit(() -> m.buffer.putLong(m.at, m.longValue)).get()).byThreads("virtual-\\d+");
    }

    private static void yielding(Memory m) {
        for (int i = 0; i < 16; i++) {
            m.buffer.put(m.at + i, m.byteValue); // STORE:yielding
            Thread.yield();
        }
    }

    /** After a wait it may run on a carrier on which it was at the other place when it ran there last. */
    private static void waiting(Memory m, Pipe pipe) throws InterruptedException {
        Thread writer = Thread.ofVirtual().start(() -> write(m, pipe.sink()));
        Thread.ofVirtual().name("waiting").start(() -> read(m, pipe.source())).join();
        writer.join();
    }

    private static void read(Memory m, Pipe.SourceChannel source) {
        ByteBuffer behindAllRows = m.buffer.duplicate();
        try {
            for (int i = 0; i < READS; i++) {
                source.read(behindAllRows.clear().position(behindAllRows.limit() - 1));
                source.read(m.buffer.duplicate().limit(m.at + i + 1).position(m.at + i)); // STORE:waiting
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Memory m, Pipe.SinkChannel sink) {
        ByteBuffer one = ByteBuffer.allocate(1).put(0, m.byteValue);
        try {
            for (int i = 0; i < 2 * READS; i++) {
                long start = System.nanoTime();
                while (System.nanoTime() - start < 20_000) {
                    Thread.onSpinWait();
                }
                sink.write(one.clear());
                Thread.sleep(Duration.ofNanos(50_000 * (1 + i % 3)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void side(Memory m) throws InterruptedException {
        Thread one = Thread.ofVirtual().name("side-1").start(() -> half(m, m.at));
        Thread two = Thread.ofVirtual().name("side-2").start(() -> half(m, m.at + 8));
        one.join();
        two.join();
    }

    private static void half(Memory m, int at) {
        for (int i = 0; i < 8; i++) {
            m.buffer.put(at + i, m.byteValue); // STORE:side
            Thread.yield();
        }
    }
}
