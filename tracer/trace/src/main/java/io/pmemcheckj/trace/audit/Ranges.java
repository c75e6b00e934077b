package io.pmemcheckj.trace.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of numbers, kept as disjoint ranges. */
final class Ranges {
    private final TreeMap<Long, Long> endByStart = new TreeMap<>();

    /** Adds the numbers from start to end, without the latter. */
    void add(long start, long end) {
        long from = start;
        long to = end;
        Map.Entry<Long, Long> before = endByStart.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            from = before.getKey();
        }
        for (Map.Entry<Long, Long> touched :
                new ArrayList<>(endByStart.subMap(from, true, end, true).entrySet())) {
            to = Math.max(to, touched.getValue());
            endByStart.remove(touched.getKey());
        }
        endByStart.put(from, to);
    }

    /** The ranges, by their starts. */
    List<Map.Entry<Long, Long>> all() {
        return List.copyOf(endByStart.entrySet());
    }
}
