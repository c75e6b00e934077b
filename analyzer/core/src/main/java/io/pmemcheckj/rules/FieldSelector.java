package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;

/** A field of every element of a struct. */
record FieldSelector(Struct struct, Struct.Field field) implements Selector {
    @Override
    public boolean touches(Segment segment, long start, long end, int site) {
        boolean[] touched = new boolean[1];
        struct.forEachElement(
                segment,
                start,
                end,
                at -> touched[0] |= at + field.offset() < end && start < at + field.offset() + field.length());
        return touched[0];
    }

    @Override
    public long match(Segment segment, long line, long mask, int site) {
        long[] bytes = new long[1];
        struct.forEachElement(segment, line << 6, (line + 1) << 6, at -> {
            long start = at + field.offset();
            bytes[0] |= ByteSet.maskOf(line, start, start + field.length());
        });
        return mask & bytes[0];
    }

    @Override
    public boolean storedBefore() {
        return false;
    }

    @Override
    public void labelled(Segment segment, long start, long end, String name) {
        struct.labelled(segment, start, end, name);
    }
}
