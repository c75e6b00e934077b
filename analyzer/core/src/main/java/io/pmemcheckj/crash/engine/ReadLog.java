package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which bytes a check has read, in stretches of 64, by when it first read of each. */
public final class ReadLog {
    private static final int LINE = 64;

    private record Line(int file, long number) {}

    private final Map<Line, Long> masks = new LinkedHashMap<>();

    /**
     * Bytes were read.
     *
     * @param file number of the file
     * @param from offset of the first
     * @param to offset behind the last
     */
    public void add(int file, long from, long to) {
        for (long line = from / LINE; line * LINE < to; line++) {
            int first = (int) Math.max(0, from - line * LINE);
            int last = (int) Math.min(LINE, to - line * LINE);
            long mask = (last == LINE ? -1L : (1L << last) - 1) & -1L << first;
            masks.merge(new Line(file, line), mask, (a, b) -> a | b);
        }
    }

    /** Indices of the units that were read, by when that was. */
    List<Integer> units(List<Unit> units) {
        Map<Line, Integer> byLine = new LinkedHashMap<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            for (long line = unit.start() / LINE; line * LINE < unit.start() + unit.length(); line++) {
                byLine.put(new Line(unit.file().number(), line), i);
            }
        }
        List<Integer> read = new ArrayList<>();
        for (Line line : masks.keySet()) {
            Integer unit = byLine.get(line);
            if (unit != null && !read.contains(unit)) {
                read.add(unit);
            }
        }
        return read;
    }

    /** Of the content of a unit, what was read of it; the rest is 0. */
    byte[] seen(Unit unit, byte[] content) {
        byte[] seen = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            long at = unit.start() + i;
            Long mask = masks.get(new Line(unit.file().number(), at / LINE));
            if (mask != null && (mask >>> at % LINE & 1) != 0) {
                seen[i] = content[i];
            }
        }
        return seen;
    }
}
