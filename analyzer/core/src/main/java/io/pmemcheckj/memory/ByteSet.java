package io.pmemcheckj.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A set of bytes of segments: a bitmap per 4096 bytes that hold a member. Whole pages share one bitmap. */
public final class ByteSet {
    static final int PAGE_LINES = 64;
    private static final int SEGMENT_SHIFT = 44;
    private static final long[] FULL = full();

    private final Map<Long, long[]> pages = new HashMap<>();
    private long size;
    private long lastKey = -1;
    private long[] lastPage;

    private static long[] full() {
        long[] masks = new long[PAGE_LINES];
        Arrays.fill(masks, -1L);
        return masks;
    }

    /** What to do with the part of a range that lies in one line. */
    public interface LineVisitor {
        void visit(int segment, long line, long mask);
    }

    /** The bits of a line that the range covers. */
    public static long maskOf(long line, long start, long end) {
        long from = Math.max(start - (line << 6), 0);
        long to = Math.min(end - (line << 6), 64);
        return from >= to ? 0 : (-1L << from) & (-1L >>> (64 - to));
    }

    public long size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** @return number of bytes that were not in the set before */
    public long add(int segment, long start, long end) {
        long added = 0;
        for (long line = start >> 6; line << 6 < end; ) {
            if (isWholePage(line, start, end)) {
                added += fillPage(key(segment, line));
                line += PAGE_LINES;
            } else {
                added += addMask(segment, line, maskOf(line, start, end));
                line++;
            }
        }
        return added;
    }

    /** Whether a line is the first of a page all of which lies in the range. */
    static boolean isWholePage(long line, long start, long end) {
        return (line & PAGE_LINES - 1) == 0 && start <= line << 6 && line + PAGE_LINES << 6 <= end;
    }

    private long fillPage(long key) {
        long[] old = pages.put(key, FULL);
        lastKey = -1;
        long added = (long) PAGE_LINES * 64 - count(old);
        size += added;
        return added;
    }

    private static long count(long[] masks) {
        long bits = 0;
        if (masks != null) {
            for (long mask : masks) {
                bits += Long.bitCount(mask);
            }
        }
        return bits;
    }

    /** @return number of bytes that were not in the set before */
    public int addMask(int segment, long line, long mask) {
        long key = key(segment, line);
        int index = (int) (line & (PAGE_LINES - 1));
        long[] page = page(key);
        long fresh = page == null ? mask : mask & ~page[index];
        if (fresh == 0) {
            return 0;
        }
        if (page == null) {
            page = new long[PAGE_LINES];
            pages.put(key, page);
            lastKey = key;
            lastPage = page;
        }
        page[index] |= fresh;
        int added = Long.bitCount(fresh);
        size += added;
        return added;
    }

    /** Takes bytes out; those that are not in the set do not matter. */
    public void remove(int segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end && size > 0; ) {
            long[] page = page(key(segment, line));
            if (page == null) {
                line = afterPage(line);
            } else if (isWholePage(line, start, end)) {
                size -= count(page);
                pages.remove(key(segment, line));
                lastKey = -1;
                line += PAGE_LINES;
            } else {
                removeMask(segment, line, maskOf(line, start, end));
                line++;
            }
        }
    }

    /** The first line of the next page. */
    private static long afterPage(long line) {
        return (line | PAGE_LINES - 1) + 1;
    }

    public void removeMask(int segment, long line, long mask) {
        long key = key(segment, line);
        long[] page = page(key);
        int index = (int) (line & (PAGE_LINES - 1));
        if (page == null || (page[index] & mask) == 0) {
            return;
        }
        if (page == FULL) {
            page = FULL.clone();
            pages.put(key, page);
            lastKey = key;
            lastPage = page;
        }
        size -= Long.bitCount(page[index] & mask);
        page[index] &= ~mask;
    }

    /** The members among the bytes of a line. */
    public long mask(int segment, long line) {
        long[] page = page(key(segment, line));
        return page == null ? 0 : page[(int) (line & (PAGE_LINES - 1))];
    }

    /** Number of members in the range. */
    public long count(int segment, long start, long end) {
        long members = 0;
        for (long line = start >> 6; line << 6 < end; line++) {
            members += Long.bitCount(mask(segment, line) & maskOf(line, start, end));
        }
        return members;
    }

    public boolean intersects(int segment, long start, long end) {
        for (long line = start >> 6;
                line << 6 < end;
                line = page(key(segment, line)) == null ? afterPage(line) : line + 1) {
            if ((mask(segment, line) & maskOf(line, start, end)) != 0) {
                return true;
            }
        }
        return false;
    }

    public boolean containsAll(int segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end; line++) {
            long mask = maskOf(line, start, end);
            if ((mask(segment, line) & mask) != mask) {
                return false;
            }
        }
        return true;
    }

    /** Visits every line that has a member, ordered by segment and place. */
    public void forEach(LineVisitor visitor) {
        long[] keys = new long[pages.size()];
        int n = 0;
        for (long key : pages.keySet()) {
            keys[n++] = key;
        }
        Arrays.sort(keys);
        for (long key : keys) {
            long[] masks = pages.get(key).clone();
            for (int i = 0; i < PAGE_LINES; i++) {
                if (masks[i] != 0) {
                    long line = (key & ((1L << SEGMENT_SHIFT) - 1)) * PAGE_LINES + i;
                    visitor.visit((int) (key >>> SEGMENT_SHIFT), line, masks[i]);
                }
            }
        }
    }

    public void clear() {
        pages.clear();
        size = 0;
        lastKey = -1;
        lastPage = null;
    }

    private long[] page(long key) {
        if (key != lastKey) {
            lastPage = pages.get(key);
            lastKey = key;
        }
        return lastPage;
    }

    private static long key(int segment, long line) {
        return (long) segment << SEGMENT_SHIFT | line / PAGE_LINES;
    }
}
