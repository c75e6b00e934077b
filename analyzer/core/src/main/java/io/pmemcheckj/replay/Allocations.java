package io.pmemcheckj.replay;

import io.pmemcheckj.memory.LongMap;
import io.pmemcheckj.memory.Segment;
import java.util.HashMap;
import java.util.Map;

/** How much of which segment was handed out where, as a program may free a range without saying how long it is. */
final class Allocations {
    private final Map<Segment, LongMap> lengths = new HashMap<>();

    void add(Segment segment, long start, long end) {
        lengths.computeIfAbsent(segment, key -> new LongMap()).put(start, end - start);
    }

    /** Whether anything of the segment was handed out. */
    boolean know(Segment segment) {
        return lengths.containsKey(segment);
    }

    /** @return its length in bytes, 0 when not known */
    long length(Segment segment, long start) {
        LongMap known = lengths.get(segment);
        return known == null ? 0 : known.get(start);
    }

    void remove(Segment segment, long start) {
        LongMap known = lengths.get(segment);
        if (known != null) {
            known.remove(start);
        }
    }

    void removeAll(Segment segment) {
        lengths.remove(segment);
    }
}
