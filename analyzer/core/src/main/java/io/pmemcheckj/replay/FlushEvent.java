package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Segment;

/** A flush and what it found. One object serves all events: do not keep it. */
public final class FlushEvent {
    /** How a flush is made. */
    public enum Kind {
        /** Cache lines, to be completed by a fence. */
        LINES,
        /** A force of a range. */
        FORCE
    }

    Kind kind;
    int thread;
    int site;
    Segment segment;
    long start;
    long length;
    long coveredLines;
    long dirtyLines;
    long dirtyBytes;
    long newlyCoveredBytes;

    FlushEvent() {}

    public Kind kind() {
        return kind;
    }

    public int thread() {
        return thread;
    }

    public int site() {
        return site;
    }

    /** The segment, the first one if the range touches several. */
    public Segment segment() {
        return segment;
    }

    /** First position asked for. */
    public long start() {
        return start;
    }

    /** Bytes asked for. */
    public long length() {
        return length;
    }

    /** Lines in the range, rounded as the domain does it. */
    public long coveredLines() {
        return coveredLines;
    }

    /** Lines among them with bytes nobody had flushed. */
    public long dirtyLines() {
        return dirtyLines;
    }

    /** Those bytes. */
    public long dirtyBytes() {
        return dirtyBytes;
    }

    /** Bytes that are not persistent and that this thread had not flushed before. */
    public long newlyCoveredBytes() {
        return newlyCoveredBytes;
    }
}
