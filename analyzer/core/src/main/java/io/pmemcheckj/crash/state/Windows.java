package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which file, and which place in it, an address shows.
 *
 * @param <F> what a file is to the user of this
 */
public final class Windows<F> {
    /** A part of a range that lies in one file, between two offsets of it. */
    public interface Piece<F> {
        void visit(F file, long from, long to);
    }

    private record Window<F>(long start, long end, F file, long offset) {
        long offsetOf(long address) {
            return offset + (address - start);
        }
    }

    private final TreeMap<Long, Window<F>> windows = new TreeMap<>();
    private Window<F> recent;

    /** Adds a mapping; what was mapped in its range before is gone, as mmap does it. */
    public void add(long start, long end, F file, long offset) {
        remove(start, end);
        windows.put(start, new Window<>(start, end, file, offset));
    }

    /** Takes a range out of all mappings. */
    public void remove(long start, long end) {
        recent = null;
        Map.Entry<Long, Window<F>> below = windows.lowerEntry(start);
        long first = below != null && below.getValue().end() > start ? below.getKey() : start;
        for (Window<F> window : new ArrayList<>(windows.subMap(first, end).values())) {
            windows.remove(window.start());
            keep(window, window.start(), Math.min(window.end(), start));
            keep(window, Math.max(window.start(), end), window.end());
        }
    }

    private void keep(Window<F> window, long from, long to) {
        if (from < to) {
            windows.put(from, new Window<>(from, to, window.file(), window.offsetOf(from)));
        }
    }

    /** Visits the mapped parts of a range, in order of addresses. */
    public void forEach(long address, long length, Piece<F> visitor) {
        long end = address + length;
        if (recent != null && recent.start() <= address && end <= recent.end()) {
            visitor.visit(recent.file(), recent.offsetOf(address), recent.offsetOf(end));
            return;
        }
        Map.Entry<Long, Window<F>> below = windows.floorEntry(address);
        long first = below == null ? address : below.getKey();
        for (Window<F> window : windows.subMap(first, end).values()) {
            long from = Math.max(address, window.start());
            long to = Math.min(end, window.end());
            if (from < to) {
                recent = window;
                visitor.visit(window.file(), window.offsetOf(from), window.offsetOf(to));
            }
        }
    }
}
