package io.pmemcheckj.trace;

import java.util.concurrent.BlockingQueue;

/** Waits that go on through an interrupt, which is meant for others, and leave it pending. */
public final class Uninterruptibly {
    private interface Wait {
        void run() throws InterruptedException;
    }

    private Uninterruptibly() {}

    public static <T> T take(BlockingQueue<T> queue) {
        @SuppressWarnings("unchecked")
        T[] taken = (T[]) new Object[1];
        run(() -> taken[0] = queue.take());
        return taken[0];
    }

    public static <T> void put(BlockingQueue<T> queue, T element) {
        run(() -> queue.put(element));
    }

    public static void join(Thread thread) {
        run(thread::join);
    }

    /** @return the exit code */
    public static int waitFor(Process process) {
        run(process::waitFor);
        return process.exitValue();
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
