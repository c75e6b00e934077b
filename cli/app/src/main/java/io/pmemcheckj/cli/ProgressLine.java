package io.pmemcheckj.cli;

import io.pmemcheckj.trace.live.Figures;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One line on the terminal that is rewritten while the program runs. */
final class ProgressLine {
    private static final String CLEAR = "\r\033[K";

    private final PrintStream err;
    private final Supplier<String> progress;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pmemcheck-j progress");
        thread.setDaemon(true);
        return thread;
    });
    private String shown;

    private ProgressLine(PrintStream err, Supplier<String> progress) {
        this.err = err;
        this.progress = progress;
    }

    /** Does the work, and shows the line meanwhile if {@code wanted}. */
    static <T> T during(Supplier<T> work, boolean wanted, PrintStream err, Supplier<String> progress) {
        if (!wanted) {
            return work.get();
        }
        ProgressLine line = new ProgressLine(err, progress);
        line.timer.scheduleWithFixedDelay(line::show, 500, 500, TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } finally {
            line.close();
        }
    }

    private synchronized void show() {
        String now = progress.get();
        // What does not change is left as it is: less to fight with for the program's own output.
        if (!now.equals(shown) && !timer.isShutdown()) {
            shown = now;
            err.print(CLEAR + now);
            err.flush();
        }
    }

    static String text(Figures now) {
        return String.format(
                Locale.ROOT,
                "pmemcheck-j: %,d stores, %,d flushes, %,d bytes unpersisted, %,d findings",
                now.stores(),
                now.flushes(),
                now.bytesUnpersisted(),
                now.findings());
    }

    private synchronized void close() {
        timer.shutdownNow();
        if (shown != null) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
