package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Who stored last to each line. */
final class LatestStores {
    private static final int LINE_SHIFT = 6;
    /** Of a block; few blocks, as each store has to find its own. */
    private static final int LINES = 1 << 15;

    private final Map<Integer, TreeMap<Long, int[]>> blocksBySegment = new HashMap<>();

    /** @param end one past the last position */
    void stored(Segment segment, long start, long end, int owner) {
        TreeMap<Long, int[]> blocks = blocksBySegment.computeIfAbsent(segment.id(), id -> new TreeMap<>());
        for (long line = start >> LINE_SHIFT; line <= end - 1 >> LINE_SHIFT; line++) {
            blocks.computeIfAbsent(line / LINES, block -> new int[LINES])[(int) (line % LINES)] = owner;
        }
    }

    /** Owner of the nearest store at or below a position, 0 if there is none. */
    int below(Segment segment, long position) {
        long line = position >> LINE_SHIFT;
        Map.Entry<Long, int[]> block = blocks(segment).floorEntry(line / LINES);
        while (block != null) {
            int from = block.getKey() == line / LINES ? (int) (line % LINES) : LINES - 1;
            for (int i = from; i >= 0; i--) {
                if (block.getValue()[i] != 0) {
                    return block.getValue()[i];
                }
            }
            block = blocks(segment).lowerEntry(block.getKey());
        }
        return 0;
    }

    /** Owner of the nearest store above a position, 0 if there is none. */
    int above(Segment segment, long position) {
        long line = (position >> LINE_SHIFT) + 1;
        Map.Entry<Long, int[]> block = blocks(segment).ceilingEntry(line / LINES);
        while (block != null) {
            int from = block.getKey() == line / LINES ? (int) (line % LINES) : 0;
            for (int i = from; i < LINES; i++) {
                if (block.getValue()[i] != 0) {
                    return block.getValue()[i];
                }
            }
            block = blocks(segment).higherEntry(block.getKey());
        }
        return 0;
    }

    private TreeMap<Long, int[]> blocks(Segment segment) {
        return blocksBySegment.getOrDefault(segment.id(), new TreeMap<>());
    }
}
