package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.State;
import jdk.jfr.consumer.EventStream;

/** Where events come from. */
interface Source extends AutoCloseable {
    /** What is watched, as the user calls it. */
    String title();

    /**
     * The events from now on, with those of the past where they are kept.
     *
     * @throws WatchException when there are none to be had
     */
    EventStream open() throws WatchException;

    /** Whether it is known that no more events will come. */
    boolean isOver();

    /** How it stands with the target when no more events will come, and that in a line. */
    Ending ending();

    record Ending(State state, String message) {}

    /** Leaves the target as it was; never fails. */
    @Override
    void close();
}
