package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;

/** Runs of bytes within a line's mask, and lines within a range. */
final class Masks {
    private Masks() {}

    /** A range of positions. */
    interface RunVisitor {
        void visit(long start, long end);
    }

    /** The bytes of a line that a range covers. */
    interface LineMaskVisitor {
        void visit(long line, long mask);
    }

    static void forEachRun(long line, long mask, RunVisitor visitor) {
        long rest = mask;
        while (rest != 0) {
            int from = Long.numberOfTrailingZeros(rest);
            int length = Long.numberOfTrailingZeros(~(rest >>> from));
            int to = Math.min(from + length, 64);
            visitor.visit((line << 6) + from, (line << 6) + to);
            rest = to == 64 ? 0 : rest & (-1L << to);
        }
    }

    static void forEachLine(long start, long end, LineMaskVisitor visitor) {
        for (long line = start >> 6; line << 6 < end; line++) {
            visitor.visit(line, ByteSet.maskOf(line, start, end));
        }
    }
}
