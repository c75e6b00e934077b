package io.pmemcheckj.trace.live;

import java.util.List;

/**
 * How far a check has come.
 *
 * @param stores stores replayed
 * @param flushes flushes replayed, forces included
 * @param fences fences replayed, those of forces included
 * @param transactions transactions begun
 * @param linesFlushed 64-byte lines in the ranges flushed; forces of whole files name no range
 * @param linesDirty lines among them with bytes to write back
 * @param bytesUnpersisted bytes not persistent now
 * @param findings findings so far; those judged at the end of the program are not among them yet
 * @param segmentCount number of segments
 * @param segments the segments, or those of them with the most bytes that are not persistent
 */
public record Figures(
        long stores,
        long flushes,
        long fences,
        long transactions,
        long linesFlushed,
        long linesDirty,
        long bytesUnpersisted,
        int findings,
        int segmentCount,
        List<SegmentFigures> segments) {}
