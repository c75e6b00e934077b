package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;

/** All ranges that the program gave one name. */
final class LabelSelector implements Selector {
    private final String label;
    private final ByteSet ranges = new ByteSet();

    LabelSelector(String label) {
        this.label = label;
    }

    @Override
    public void labelled(Segment segment, long start, long end, String name) {
        if (name.equals(label)) {
            ranges.add(segment.id(), start, end);
        }
    }

    @Override
    public boolean touches(Segment segment, long start, long end, int site) {
        return ranges.intersects(segment.id(), start, end);
    }

    @Override
    public long match(Segment segment, long line, long mask, int site) {
        return mask & ranges.mask(segment.id(), line);
    }

    @Override
    public boolean storedBefore() {
        return false;
    }
}
