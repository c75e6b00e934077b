package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.trace.StoreKind;

/** A store, or a run of adjacent ones, into one segment. One object serves all events: do not keep it. */
public final class StoreEvent {
    int thread;
    int site;
    int owner;
    Segment segment;
    long start;
    long end;
    long size;
    StoreKind kind;

    StoreEvent() {}

    public int thread() {
        return thread;
    }

    public int site() {
        return site;
    }

    /** Number of the owner, see {@link io.pmemcheckj.memory.Owners}. */
    public int owner() {
        return owner;
    }

    public Segment segment() {
        return segment;
    }

    /** First position. */
    public long start() {
        return start;
    }

    /** One past the last position. */
    public long end() {
        return end;
    }

    /** Bytes of one store of the run. */
    public long size() {
        return size;
    }

    /** How it reached memory. */
    public StoreKind kind() {
        return kind;
    }

    /** Whether the store bypasses the caches. */
    public boolean nonTemporal() {
        return kind == StoreKind.NON_TEMPORAL;
    }

    /** How many stores of the run it takes to hold this many of its bytes. */
    public long storesIn(long bytes) {
        return (bytes + size - 1) / size;
    }
}
