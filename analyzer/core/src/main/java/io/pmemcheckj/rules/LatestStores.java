package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Who stored last to each line. */
final class LatestStores {
    private static final int LINE_SHIFT = 6;
    private static final int LINES = 64; // of a page

    private final Map<Integer, TreeMap<Long, int[]>> pagesBySegment = new HashMap<>();

    /** @param end one past the last position */
    void stored(Segment segment, long start, long end, int owner) {
        TreeMap<Long, int[]> pages = pagesBySegment.computeIfAbsent(segment.id(), id -> new TreeMap<>());
        for (long line = start >> LINE_SHIFT; line <= end - 1 >> LINE_SHIFT; line++) {
            pages.computeIfAbsent(line / LINES, page -> new int[LINES])[(int) (line % LINES)] = owner;
        }
    }

    /** Owner of the nearest store at or below a position, 0 if there is none. */
    int below(Segment segment, long position) {
        long line = position >> LINE_SHIFT;
        Map.Entry<Long, int[]> page = pages(segment).floorEntry(line / LINES);
        while (page != null) {
            int from = page.getKey() == line / LINES ? (int) (line % LINES) : LINES - 1;
            for (int i = from; i >= 0; i--) {
                if (page.getValue()[i] != 0) {
                    return page.getValue()[i];
                }
            }
            page = pages(segment).lowerEntry(page.getKey());
        }
        return 0;
    }

    /** Owner of the nearest store above a position, 0 if there is none. */
    int above(Segment segment, long position) {
        long line = (position >> LINE_SHIFT) + 1;
        Map.Entry<Long, int[]> page = pages(segment).ceilingEntry(line / LINES);
        while (page != null) {
            int from = page.getKey() == line / LINES ? (int) (line % LINES) : 0;
            for (int i = from; i < LINES; i++) {
                if (page.getValue()[i] != 0) {
                    return page.getValue()[i];
                }
            }
            page = pages(segment).higherEntry(page.getKey());
        }
        return 0;
    }

    private TreeMap<Long, int[]> pages(Segment segment) {
        return pagesBySegment.getOrDefault(segment.id(), new TreeMap<>());
    }
}
