package matrix;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads. */
public final class VirtualThreads {
    private VirtualThreads() {}

    public static void add(Rows t) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        t.row("virtual thread", 8, m -> Thread.ofVirtual().name("virtual").start(() -> m.buffer.putLong(m.at, m.longValue)).join()).byThreads("virtual");
        t.row("virtual thread without a name", 8, m -> Thread.startVirtualThread(() -> m.buffer.putLong(m.at, m.longValue)).join()).times(500).byThreads("virtual-\\d+");
        t.row("virtual thread that yields", 16, m -> Thread.ofVirtual().name("yielding").start(() -> yielding(m)).join()).times(500).byThreads("yielding").storedAt("yielding");
        t.row("virtual threads side by side", 16, m -> side(m)).times(500).byThreads("side-\\d").storedAt("side");
        t.row("virtual thread per task", 8, m -> executor.submit(() -> m.buffer.putLong(m.at, m.longValue)).get()).byThreads("virtual-\\d+");
    }

    private static void yielding(Memory m) {
        for (int i = 0; i < 16; i++) {
            m.buffer.put(m.at + i, m.byteValue); // STORE:yielding
            Thread.yield();
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
