package matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads that store, and under which name. */
public final class Threads {
    private static final int SHORT_THREADS = 2000;

    private Threads() {}

    public static void add(Rows t) {
        own(t);
        pools(t);
    }

    private static void run(Thread thread) throws InterruptedException {
        thread.start();
        thread.join();
    }

    private static void own(Rows t) {
        t.row("a thread", 8, m -> run(new Thread(() -> m.buffer.putLong(m.at, m.longValue), "one"))).times(20).byThreads("one");
        t.row("thousands of short threads", 8, m -> run(new Thread(() -> m.buffer.putLong(m.at, m.longValue), "short-" + m.at))).times(SHORT_THREADS).byThreads("short-\\d+").threadNames(REGION_PLACES);
        t.row("a subclass of Thread", 8, m -> run(new Storing(m))).times(20).byThreads("subclass").storedAt("thread");
        t.row("a thread that is renamed", 8, m -> run(new Thread(() -> { m.buffer.putInt(m.at, m.intValue); Thread.currentThread().setName("after"); m.buffer.putInt(m.at + 4, m.intValue); }, "before"))).times(20).byThreads("before|after");
        t.row("threads at the same time", 64, m -> together(m)).times(100).byThreads("together-\\d").storedAt("together");
        t.row("uncaught exception handler", 8, m -> { Thread thread = new Thread(() -> { throw new Error(); }, "throwing"); thread.setUncaughtExceptionHandler((a, e) -> m.buffer.putLong(m.at, m.longValue)); run(thread); }).times(20).byThreads("throwing");
    }

    /** Places that the executions of a row of 8 bytes go to. */
    private static final int REGION_PLACES = Matrix.REGION / 8 - 1;

    private static final class Storing extends Thread {
        private final Memory m;

        Storing(Memory m) {
            super("subclass");
            this.m = m;
        }

        @Override
        public void run() {
            m.buffer.putLong(m.at, m.longValue); // STORE:thread
        }
    }

    private static void together(Memory m) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(8);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int at = m.at + 8 * i;
            threads.add(new Thread(() -> {
                await(barrier);
                m.buffer.putLong(at, m.longValue); // STORE:together
            }, "together-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pools(Rows t) {
        ExecutorService pool = Executors.newFixedThreadPool(2, Threads::daemon);
        ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1, Threads::daemon);
        t.row("ExecutorService.submit", 8, m -> pool.submit(() -> m.buffer.putLong(m.at, m.longValue)).get()).byThreads("pool");
        t.row("ExecutorService.execute", 8, m -> pool.submit((Runnable) () -> m.buffer.putLong(m.at, m.longValue)).get()).byThreads("pool");
        t.row("ExecutorService.invokeAll", 8, m -> pool.invokeAll(List.of(() -> m.buffer.putLong(m.at, m.longValue))).get(0).get()).byThreads("pool");
        t.row("ScheduledExecutorService", 8, m -> scheduled.schedule(() -> m.buffer.putLong(m.at, m.longValue), 1, TimeUnit.MICROSECONDS).get()).times(50).byThreads("pool");
        t.row("CompletableFuture.runAsync", 8, m -> CompletableFuture.runAsync(() -> m.buffer.putLong(m.at, m.longValue)).get()).byThreads("Thread-\\d+|ForkJoinPool.commonPool-worker-\\d+|main");
        t.row("CompletableFuture.thenAccept", 8, m -> CompletableFuture.completedFuture(1).thenAccept(x -> m.buffer.putLong(m.at, m.longValue)).get());
        t.row("ForkJoinPool.invoke", 8, m -> { Future<?> f = ForkJoinPool.commonPool().submit(() -> m.buffer.putLong(m.at, m.longValue)); f.get(); }).byThreads("ForkJoinPool.commonPool-worker-\\d+|main");
        t.row("Timer", 8, m -> timed(m)).times(20).byThreads("timer").storedAt("timer");
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pool");
        thread.setDaemon(true);
        return thread;
    }

    private static void timed(Memory m) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        java.util.Timer timer = new java.util.Timer("timer");
        timer.schedule(
                new java.util.TimerTask() {
                    @Override
                    public void run() {
                        m.buffer.putLong(m.at, m.longValue); // STORE:timer
                        done.complete(null);
                    }
                },
                0);
        done.get();
        timer.cancel();
    }
}
