package io.pmemcheckj.memory;

import java.util.Arrays;

/**
 * Lines flushed together and completed together: what a thread flushed since its last fence, or what one force covers.
 * Which bytes of a line belong to the batch stands with the line, because a later store takes them out again.
 */
public final class FlushBatch {
    final int id;
    int[] segments = new int[4];
    long[] lines = new long[4];
    int size;

    FlushBatch(int id) {
        this.id = id;
    }

    void add(int segment, long line) {
        if (size == lines.length) {
            segments = Arrays.copyOf(segments, size * 2);
            lines = Arrays.copyOf(lines, size * 2);
        }
        segments[size] = segment;
        lines[size++] = line;
    }

    void clear() {
        size = 0;
        if (lines.length > 1 << 16) {
            segments = new int[16];
            lines = new long[16];
        }
    }
}
