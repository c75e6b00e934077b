package io.pmemcheckj.trace.file;

import java.util.concurrent.BlockingQueue;

/** Waits that go on through an interrupt, which is meant for others, and leave it pending. */
final class Uninterruptibly {
    private interface Wait {
        void run() throws InterruptedException;
    }

    private Uninterruptibly() {}

    static <T> T take(BlockingQueue<T> queue) {
        @SuppressWarnings("unchecked")
        T[] taken = (T[]) new Object[1];
        run(() -> taken[0] = queue.take());
        return taken[0];
    }

    static <T> void put(BlockingQueue<T> queue, T element) {
        run(() -> queue.put(element));
    }

    static void join(Thread thread) {
        run(thread::join);
    }

    private static void run(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
