package io.pmemcheckj.runtime;

/** The lowest address of a segment and the distance to the end of the highest: immutable, so that both always fit. */
final class Bounds {
    static final Bounds NONE = new Bounds(0, 0);

    final long low;
    final long span;

    Bounds(long low, long span) {
        this.low = low;
        this.span = span;
    }
}
