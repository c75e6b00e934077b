package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;

/** A range of one segment. */
record RangeSelector(PersistentMemory memory, Segment segment, long start, long end) implements Selector {
    @Override
    public boolean touches(Segment of, long from, long to, int site) {
        return of == segment && from < end && start < to;
    }

    @Override
    public long match(Segment of, long line, long mask, int site) {
        return of == segment ? mask & ByteSet.maskOf(line, start, end) : 0;
    }

    @Override
    public boolean storedBefore() {
        return memory.everStored(segment, start, end);
    }
}
