package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Segment;
import java.util.Arrays;

/** Live mappings: which segment, and which place in it, an address shows. Sorted arrays, as every store asks. */
final class Mappings {
    /** A part of a range that lies in one segment. */
    interface PieceVisitor {
        void visit(Segment segment, long start, long end);
    }

    private long[] starts = new long[16];
    private long[] ends = new long[16];
    private long[] positions = new long[16];
    private Segment[] segments = new Segment[16];
    private int count;
    private int last;

    /** Index of the mapping that holds the address, or of the next one above it (possibly {@link #count}). */
    int indexOf(long address) {
        int i = last;
        if (i < count && starts[i] <= address && address < ends[i]) {
            return i;
        }
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        last = low;
        return low;
    }

    boolean holds(int index, long address) {
        return index < count && starts[index] <= address && address < ends[index];
    }

    /** Whether there is such a mapping and it starts below the address. */
    boolean isBelow(int index, long address) {
        return index < count && starts[index] < address;
    }

    long start(int index) {
        return starts[index];
    }

    long end(int index) {
        return ends[index];
    }

    Segment segment(int index) {
        return segments[index];
    }

    long position(int index, long address) {
        return positions[index] + (address - starts[index]);
    }

    boolean covers(long address, long end) {
        long at = address;
        for (int i = indexOf(address); holds(i, at) && at < end; i++) {
            at = ends[i];
        }
        return at >= end;
    }

    int count() {
        return count;
    }

    /** True while some mapping shows the segment. */
    boolean show(Segment segment) {
        for (int i = 0; i < count; i++) {
            if (segments[i] == segment) {
                return true;
            }
        }
        return false;
    }

    /** Visits the mapped parts of the range, in order of addresses. */
    void forEach(long address, long length, PieceVisitor visitor) {
        long end = address + length;
        for (int i = indexOf(address); i < count && starts[i] < end; i++) {
            long from = Math.max(address, starts[i]);
            long to = Math.min(end, ends[i]);
            if (from < to) {
                visitor.visit(segments[i], position(i, from), position(i, to));
            }
        }
    }

    /** Adds a mapping; what was mapped in its range before is gone, as mmap does it. */
    void add(long start, long end, Segment segment, long position) {
        remove(start, end);
        insert(indexOf(start), start, end, segment, position);
    }

    /** Takes a range out of all mappings. */
    void remove(long start, long end) {
        for (int i = indexOf(start); i < count && starts[i] < end; ) {
            long oldEnd = ends[i];
            if (starts[i] < start) {
                ends[i] = start;
                i++;
                if (oldEnd > end) {
                    insert(i, end, oldEnd, segments[i - 1], positions[i - 1] + (end - starts[i - 1]));
                }
            } else if (oldEnd > end) {
                positions[i] += end - starts[i];
                starts[i] = end;
                i++;
            } else {
                delete(i);
            }
        }
        last = 0;
    }

    private void insert(int index, long start, long end, Segment segment, long position) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            positions = Arrays.copyOf(positions, count * 2);
            segments = Arrays.copyOf(segments, count * 2);
        }
        move(index, index + 1, count - index);
        starts[index] = start;
        ends[index] = end;
        positions[index] = position;
        segments[index] = segment;
        count++;
    }

    private void delete(int index) {
        move(index + 1, index, count - index - 1);
        count--;
    }

    private void move(int from, int to, int length) {
        System.arraycopy(starts, from, starts, to, length);
        System.arraycopy(ends, from, ends, to, length);
        System.arraycopy(positions, from, positions, to, length);
        System.arraycopy(segments, from, segments, to, length);
    }
}
