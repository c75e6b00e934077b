package io.pmemcheckj.rules;

import io.pmemcheckj.analysis.NameGlob;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;
import java.util.regex.Pattern;

/** All ranges that the program gave a matching name. */
final class LabelSelector implements Selector {
    private final Pattern label;
    private final ByteSet ranges = new ByteSet();

    /** @param label a {@link NameGlob} */
    LabelSelector(String label) {
        this.label = NameGlob.pattern(label);
    }

    @Override
    public void labelled(Segment segment, long start, long end, String name) {
        if (label.matcher(name).matches()) {
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
