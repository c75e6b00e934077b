package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.State;
import io.pmemcheckj.cli.watch.Source.Ending;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.consumer.EventStream;

/** Follows a target until it ends, or the user has seen enough. */
public final class Watch {
    private static final Duration LOOK = Duration.ofMillis(100);
    /** So many seconds the recorder works and tells nothing of ours. */
    private static final int SILENT_HEARTBEATS = 5;

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    /** What the program did last is read so long after its end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    /** A file that tells nothing for so long has nothing more to tell. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Source source;
    private final Display display;
    private final WatchTimes times;
    private final Collector collector;
    private final CountDownLatch enough = new CountDownLatch(1);
    private final CountDownLatch streamEnd = new CountDownLatch(1);
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong heartbeats = new AtomicLong();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    Watch(Source source, Display display, WatchTimes times) {
        this.source = source;
        this.display = display;
        this.times = times;
        collector = new Collector(source.title());
    }

    /**
     * Makes ready to watch.
     *
     * @param target PID, HOST:PORT or the name of a file
     * @param json whether programs are to read it
     * @param terminal the device that {@code out} is, null for none
     * @throws WatchException when the target cannot be meant
     */
    public static Watch of(String target, boolean json, Path terminal, OutputStream out, WatchTimes times)
            throws WatchException {
        return new Watch(Sources.of(target), Displays.of(json, terminal, out), times);
    }

    /** Ends it soon; from any thread. */
    public void stop() {
        enough.countDown();
    }

    /**
     * Watches.
     *
     * @return a line about how it ended, null where there is nothing to say
     * @throws WatchException when nothing could be seen
     */
    public String run() throws WatchException {
        try (source;
                display) {
            EventStream stream = source.open();
            listen(stream);
            Ending ending;
            try {
                ending = follow();
            } finally {
                close(stream);
            }
            Throwable failure = fault.get();
            if (failure != null) {
                throw WatchException.blind(source.title() + " is damaged, or of a kind that this JVM ("
                        + System.getProperty("java.version") + ") cannot read: " + failure.getMessage());
            }
            if (!collector.hasFigures()) {
                throw WatchException.blind(nothingSeen(ending));
            }
            display.end(collector.snapshot().in(ending.state()));
            return ending.message();
        }
    }

    /** With a limit: one over a connection that is gone may not answer. */
    private static void close(EventStream stream) {
        try {
            Patience.call(() -> {
                stream.close();
                return null;
            });
        } catch (Exception e) {
            // Nothing more is wanted of it.
        }
    }

    private void listen(EventStream stream) {
        for (String name : Events.OURS) {
            stream.onEvent(Events.PREFIX + name, event -> accept(new RecordedFacts(event)));
        }
        stream.onEvent(event -> events.incrementAndGet());
        stream.onEvent(Events.HEARTBEAT, event -> heartbeats.incrementAndGet());
        stream.onError(fault::set);
        stream.onClose(streamEnd::countDown);
        stream.setReuse(false); // events are kept to be compared with later ones
        Thread thread = new Thread(() -> read(stream), "pmemcheck-j watches");
        thread.setDaemon(true);
        thread.start();
    }

    /** Files not by startAsync, which prints the stack where one is damaged; others by it, or they cannot be closed. */
    private void read(EventStream stream) {
        try {
            if (isFile()) {
                stream.start();
            } else {
                stream.startAsync();
                stream.awaitTermination();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            fault.compareAndSet(null, e);
        } finally {
            streamEnd.countDown();
        }
    }

    private void accept(Facts event) {
        if (isFile() && display.showsPast() && event.type().equals(Events.HEALTH) && collector.hasFigures()) {
            display.show(collector.snapshot());
        }
        collector.accept(event);
    }

    private boolean isFile() {
        return source instanceof RecordingSource;
    }

    private Ending follow() throws WatchException {
        long start = System.nanoTime();
        long shown = start;
        while (!ends(start)) {
            if (streamEnd.getCount() == 0) {
                return source.ending();
            }
            if (source.isOver()) {
                hearLastWords();
                return source.ending();
            }
            if (source instanceof RecordingSource file && file.isEndless()) {
                hearAll();
                return source.ending();
            }
            mustNotBeSilent(start);
            if (!isFile() && System.nanoTime() - shown >= times.interval().toNanos()) {
                shown += times.interval().toNanos();
                display.show(collector.snapshot());
            }
        }
        return new Ending(State.RUNNING, null);
    }

    /** Waits a moment. */
    private boolean ends(long start) {
        try {
            boolean over = display.isGone()
                    || (times.limit() != null
                            && System.nanoTime() - start >= times.limit().toNanos());
            return over || enough.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void hearLastWords() {
        long end = System.nanoTime();
        do {
            pause(LOOK);
        } while (!collector.chunkEnded() && System.nanoTime() - end < LAST_WORDS.toNanos());
    }

    /** Until nothing comes for a while. */
    private void hearAll() {
        long heard;
        do {
            heard = events.get();
            pause(QUIET);
        } while (events.get() > heard);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void mustNotBeSilent(long start) throws WatchException {
        if (collector.hasFigures() || isFile()) {
            return;
        }
        if (heartbeats.get() >= SILENT_HEARTBEATS) {
            throw WatchException.blind(nothingSeen(null));
        }
        if (System.nanoTime() - start > LONGEST_SILENCE.toNanos()) {
            throw WatchException.blind(
                    source.title() + " has told nothing for " + LONGEST_SILENCE.toSeconds() + " seconds");
        }
    }

    private String nothingSeen(Ending ending) {
        return ending != null && ending.message() != null
                ? ending.message() + "; there is nothing to see"
                : source.title() + " has no events of pmemcheck-j; was the program started under the agent?";
    }
}
