package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Which file, and which place in it, an address shows. */
final class Windows {
    /** A part of a range that lies in one file, between two offsets of it. */
    interface Piece {
        void visit(CrashFile file, long from, long to);
    }

    private record Window(long start, long end, CrashFile file, long offset) {
        long offsetOf(long address) {
            return offset + (address - start);
        }
    }

    private final TreeMap<Long, Window> windows = new TreeMap<>();
    private Window recent;

    /** Adds a mapping; what was mapped in its range before is gone, as mmap does it. */
    void add(long start, long end, CrashFile file, long offset) {
        remove(start, end);
        windows.put(start, new Window(start, end, file, offset));
    }

    void remove(long start, long end) {
        recent = null;
        Map.Entry<Long, Window> below = windows.lowerEntry(start);
        long first = below != null && below.getValue().end() > start ? below.getKey() : start;
        for (Window window : new ArrayList<>(windows.subMap(first, end).values())) {
            windows.remove(window.start());
            keep(window, window.start(), Math.min(window.end(), start));
            keep(window, Math.max(window.start(), end), window.end());
        }
    }

    private void keep(Window window, long from, long to) {
        if (from < to) {
            windows.put(from, new Window(from, to, window.file(), window.offsetOf(from)));
        }
    }

    /** Visits the mapped parts of a range, in order of addresses. */
    void forEach(long address, long length, Piece visitor) {
        long end = address + length;
        if (recent != null && recent.start() <= address && end <= recent.end()) {
            visitor.visit(recent.file(), recent.offsetOf(address), recent.offsetOf(end));
            return;
        }
        Map.Entry<Long, Window> below = windows.floorEntry(address);
        long first = below == null ? address : below.getKey();
        for (Window window : windows.subMap(first, end).values()) {
            long from = Math.max(address, window.start());
            long to = Math.min(end, window.end());
            if (from < to) {
                recent = window;
                visitor.visit(window.file(), window.offsetOf(from), window.offsetOf(to));
            }
        }
    }
}
