package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Segment;

/**
 * A flush and what it found.
 *
 * @param kind how it was made
 * @param segment the segment, the first one if the range touches several
 * @param start first position asked for
 * @param length bytes asked for
 * @param coveredLines lines in the range, rounded as the domain does it
 * @param dirtyLines lines among them with bytes nobody had flushed
 * @param dirtyBytes those bytes
 * @param newlyCoveredBytes bytes that are not persistent and that this thread had not flushed before
 */
public record FlushEvent(
        Kind kind,
        int thread,
        int site,
        Segment segment,
        long start,
        long length,
        long coveredLines,
        long dirtyLines,
        long dirtyBytes,
        long newlyCoveredBytes) {
    /** How a flush is made. */
    public enum Kind {
        /** Cache lines, to be completed by a fence. */
        LINES,
        /** A force of a range. */
        FORCE
    }
}
