package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Ranges that the program declared to change as one unit. */
final class AtomicRanges {
    private final ByteSet bytes = new ByteSet();
    private final Map<Segment, TreeMap<Long, Range>> ranges = new HashMap<>();

    /** @param site where it was declared */
    record Range(Segment segment, long start, long end, int site) {
        boolean overlaps(Segment other, long from, long to) {
            return other == segment && from < end && to > start;
        }
    }

    /** A later declaration replaces what it overlaps. */
    void declare(Segment segment, long start, long end, int site) {
        TreeMap<Long, Range> known = ranges.computeIfAbsent(segment, key -> new TreeMap<>());
        known.subMap(first(known, start), end).values().removeIf(range -> range.end() > start);
        known.put(start, new Range(segment, start, end, site));
        bytes.add(segment.id(), start, end);
    }

    /** Key of the first range that can reach beyond a position. */
    private static long first(TreeMap<Long, Range> known, long start) {
        Long key = known.floorKey(start);
        return key == null ? start : key;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean touch(Segment segment, long start, long end) {
        return bytes.intersects(segment.id(), start, end);
    }

    void forEach(Segment segment, long start, long end, Consumer<Range> consumer) {
        TreeMap<Long, Range> known = ranges.get(segment);
        for (Range range : known.subMap(first(known, start), end).values()) {
            if (range.end() > start) {
                consumer.accept(range);
            }
        }
    }
}
