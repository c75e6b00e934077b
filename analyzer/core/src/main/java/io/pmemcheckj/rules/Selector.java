package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;

/** Which stores one side of a declared order means. */
interface Selector {
    /** Whether any byte of the store is meant; must be quick. */
    boolean touches(Segment segment, long start, long end, int site);

    /** The bytes of a line, out of {@code mask}, that are meant. */
    long match(Segment segment, long line, long mask, int site);

    /** Whether a byte it means was stored before now, so that the order was perhaps kept by earlier stores. */
    boolean storedBefore();

    /** A range got a name. */
    default void labelled(Segment segment, long start, long end, String name) {}
}
