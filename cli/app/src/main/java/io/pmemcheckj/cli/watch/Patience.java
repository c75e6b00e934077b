package io.pmemcheckj.cli.watch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of what may never answer: a stopped process, a port of something else. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Patience() {}

    /**
     * Calls on a thread of its own, which is left to itself when the time is up.
     *
     * @throws TimeoutException when there is no answer in 10 seconds
     * @throws Exception what the call throws
     */
    static <T> T call(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "pmemcheck-j asks");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
