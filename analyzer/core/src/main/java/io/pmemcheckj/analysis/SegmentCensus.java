package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.memory.Segment;
import java.util.Arrays;
import java.util.List;

/** Counts the bytes of a segment by where they are. */
final class SegmentCensus {
    /** As many as can be told apart in a picture. */
    private static final int MOST_PARTS = 128;

    private static final int LINE = 64;

    private SegmentCensus() {}

    /**
     * Where its bytes are; null for a segment that nothing was stored to. Parts are whole lines; those of registered memory, whose first
     * line begins before it, are off by less than one.
     */
    static Report.SegmentMap map(Segment segment) {
        long size = segment.bias() + segment.size();
        if (segment.storedBytes() == 0 || size <= 0) {
            return null;
        }
        long lines = (size + LINE - 1) / LINE;
        long linesOfPart = (lines + MOST_PARTS - 1) / MOST_PARTS;
        int parts = (int) ((lines + linesOfPart - 1) / linesOfPart);
        long[] stored = new long[parts];
        long[] unpersisted = new long[parts];
        segment.forEachStored((line, storedMask, pendingMask) -> {
            int part = (int) Math.min(line / linesOfPart, parts - 1);
            stored[part] += Long.bitCount(storedMask);
            unpersisted[part] += Long.bitCount(pendingMask);
        });
        return new Report.SegmentMap(linesOfPart * LINE, list(stored), list(unpersisted));
    }

    private static List<Long> list(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
