package io.pmemcheckj.cli;

import io.pmemcheckj.trace.TeeVisitor;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The thread that takes events from the ring and hands them on while the program runs. */
final class RingPump {
    private static final long SHORTEST_PAUSE = 50_000;
    /**
     * Records below which to let the program get ahead again: reading what it is just writing takes the memory away from
     * its processor, once for every four records.
     */
    private static final int MANY = 8192;

    private static final long LONGEST_PAUSE = 2_000_000;

    private final RingConsumer ring;
    private final Runnable whenReady;
    private final Thread thread = new Thread(this::run, "pmemcheck-j replay");
    private final Supplier<List<TraceVisitor>> more;
    private TraceVisitor visitor;
    private boolean readySeen;
    private int exitCode; // before programEnded
    private volatile boolean programEnded;
    private volatile Throwable failure;

    /**
     * @param more those that take the events besides the visitor, asked for anew each time
     * @param whenReady called once, when the agent has attached and its ring file needs its name no longer
     */
    RingPump(RingConsumer ring, TraceVisitor visitor, Supplier<List<TraceVisitor>> more, Runnable whenReady) {
        this.ring = ring;
        this.visitor = visitor;
        this.more = more;
        this.whenReady = whenReady;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * To be called once the program has ended: hands on what is left, and returns when that is done.
     *
     * @param exitCode the program's, for the trace
     */
    void finish(int exitCode) {
        this.exitCode = exitCode;
        programEnded = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What made the receiver of the events fail, or null. From then on events were thrown away. */
    Throwable failure() {
        return failure;
    }

    private void run() {
        long pause = SHORTEST_PAUSE;
        while (!programEnded) {
            int taken = drain();
            if (taken < MANY) {
                LockSupport.parkNanos(pause);
                pause = taken > 0 ? SHORTEST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
            }
            if (!readySeen && ring.ready()) {
                readySeen = true;
                whenReady.run();
            }
        }
        guarded(() -> visitor.property("exit-code", Integer.toString(exitCode)));
        guarded(() -> ring.finish(visitor));
    }

    private int drain() {
        int[] taken = {0};
        guarded(() -> taken[0] = ring.drain(all()));
        return taken[0];
    }

    private TraceVisitor all() {
        List<TraceVisitor> others = failure == null ? more.get() : List.of();
        if (others.isEmpty()) {
            return visitor; // by itself it is faster
        }
        List<TraceVisitor> all = new ArrayList<>(List.of(visitor));
        all.addAll(others);
        return new TeeVisitor(all);
    }

    /** A fault on this side must not stop the program, which waits while the ring is full. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            }
            visitor = discarding();
            ring.tell(null); // figures that stand still would look like a program that does
        }
    }

    private static TraceVisitor discarding() {
        return (TraceVisitor) Proxy.newProxyInstance(
                TraceVisitor.class.getClassLoader(), new Class<?>[] {TraceVisitor.class}, (self, method, args) -> null);
    }
}
