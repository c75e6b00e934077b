package io.pmemcheckj.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A number, not negative, for each of some bytes of segments. State per 4096 bytes that hold a member; a page whose bytes all have
 * one number takes no more room than the number.
 */
public final class ByteMap {
    private static final int LINES = ByteSet.PAGE_LINES;
    private static final int SEGMENT_SHIFT = 44;

    private static final class Page {
        /** The number of all bytes, plus 1; 0 when they differ or some have none. */
        int whole;
        /** Per line the bytes with a number, and which, plus 1, see {@link OwnerBlocks}; null where all bytes are the same. */
        long[] masks;

        int[] heads;
    }

    /** Bytes of a line that have one number. */
    public interface Visitor {
        void visit(int value, long mask);
    }

    private final OwnerBlocks blocks = new OwnerBlocks();
    private final Map<Long, Page> pages = new HashMap<>();

    /** True only when no byte has a number; may be false when none has any more. */
    public boolean isEmpty() {
        return pages.isEmpty();
    }

    /** Gives [start, end) a number, whatever they had before. */
    public void put(int segment, long start, long end, int value) {
        put(segment, start, end, value + 1, false);
    }

    /** Gives those of [start, end) a number that have none. */
    public void putAbsent(int segment, long start, long end, int value) {
        put(segment, start, end, value + 1, true);
    }

    private void put(int segment, long start, long end, int stored, boolean absent) {
        for (long line = start >> 6; line << 6 < end; ) {
            Page page = pages.computeIfAbsent(key(segment, line), key -> new Page());
            if (ByteSet.isWholePage(line, start, end) && (!absent || page.whole == 0 && page.masks == null)) {
                release(page);
                page.whole = stored;
                line += LINES;
                continue;
            }
            long mask = ByteSet.maskOf(line, start, end);
            putMask(page, line, absent ? mask & ~mask(page, line) : mask, stored);
            line++;
        }
    }

    /** Gives bytes of a line a number, whatever they had before. */
    public void putMask(int segment, long line, long mask, int value) {
        putMask(pages.computeIfAbsent(key(segment, line), key -> new Page()), line, mask, value + 1);
    }

    private void putMask(Page page, long line, long mask, int stored) {
        if (mask == 0 || page.whole == stored) {
            return;
        }
        spread(page);
        int i = index(line);
        page.heads[i] = blocks.store(page.heads[i], page.masks[i], mask, stored);
        page.masks[i] |= mask;
    }

    private static void spread(Page page) {
        if (page.masks == null) {
            page.masks = new long[LINES];
            page.heads = new int[LINES];
            if (page.whole != 0) {
                Arrays.fill(page.masks, -1);
                Arrays.fill(page.heads, -page.whole);
                page.whole = 0;
            }
        }
    }

    private void release(Page page) {
        for (int i = 0; page.masks != null && i < LINES; i++) {
            blocks.strip(page.heads[i], 0, -1);
        }
        page.masks = null;
        page.heads = null;
    }

    /** Takes the numbers of [start, end) away. */
    public void remove(int segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end && !pages.isEmpty(); ) {
            Page page = pages.get(key(segment, line));
            if (page == null) {
                line = (line | LINES - 1) + 1;
            } else if (ByteSet.isWholePage(line, start, end)) {
                release(page);
                pages.remove(key(segment, line));
                line += LINES;
            } else {
                removeMask(page, line, ByteSet.maskOf(line, start, end));
                line++;
            }
        }
    }

    /** Takes the numbers of bytes of a line away. */
    public void removeMask(int segment, long line, long mask) {
        Page page = pages.get(key(segment, line));
        if (page != null) {
            removeMask(page, line, mask);
        }
    }

    private void removeMask(Page page, long line, long mask) {
        if ((mask(page, line) & mask) == 0) {
            return;
        }
        spread(page);
        int i = index(line);
        page.masks[i] &= ~mask;
        page.heads[i] = blocks.strip(page.heads[i], page.masks[i], mask);
    }

    /** Takes the numbers of all bytes of a segment away. */
    public void removeAll(int segment) {
        pages.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey() >>> SEGMENT_SHIFT == segment;
            if (gone) {
                release(entry.getValue());
            }
            return gone;
        });
    }

    /** The bytes of a line that have a number. */
    public long mask(int segment, long line) {
        Page page = pages.get(key(segment, line));
        return page == null ? 0 : mask(page, line);
    }

    private static long mask(Page page, long line) {
        return page.masks == null ? page.whole == 0 ? 0 : -1 : page.masks[index(line)];
    }

    /** Visits the bytes of a line among {@code mask} that have a number, from the lowest on. */
    public void forEach(int segment, long line, long mask, Visitor visitor) {
        Page page = pages.get(key(segment, line));
        long rest = page == null ? 0 : mask & mask(page, line);
        while (rest != 0) {
            int head = page.masks == null ? -page.whole : page.heads[index(line)];
            long bytes = rest;
            int stored = -head;
            if (head > 0) {
                int place = blocks.find(head, Long.lowestOneBit(rest));
                bytes = rest & blocks.mask(place / OwnerBlocks.OWNERS, place % OwnerBlocks.OWNERS);
                stored = blocks.owner(place / OwnerBlocks.OWNERS, place % OwnerBlocks.OWNERS);
            }
            visitor.visit(stored - 1, bytes);
            rest &= ~bytes;
        }
    }

    /** The number of the first byte in [start, end) that has one; -1 if none has. */
    public int first(int segment, long start, long end) {
        int[] found = {-1};
        for (long line = start >> 6; line << 6 < end && found[0] < 0; ) {
            if (pages.containsKey(key(segment, line))) {
                forEach(segment, line, ByteSet.maskOf(line, start, end), (value, mask) -> {
                    if (found[0] < 0) {
                        found[0] = value;
                    }
                });
                line++;
            } else {
                line = (line | LINES - 1) + 1;
            }
        }
        return found[0];
    }

    /** Whether any byte of [start, end) has a number. */
    public boolean intersects(int segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end; ) {
            Page page = pages.get(key(segment, line));
            if (page != null && (ByteSet.maskOf(line, start, end) & mask(page, line)) != 0) {
                return true;
            }
            line = page == null ? (line | LINES - 1) + 1 : line + 1;
        }
        return false;
    }

    /** Whether each byte of [start, end) has a number. */
    public boolean containsAll(int segment, long start, long end) {
        for (long line = start >> 6; line << 6 < end; ) {
            Page page = pages.get(key(segment, line));
            if (page == null || (ByteSet.maskOf(line, start, end) & ~mask(page, line)) != 0) {
                return false;
            }
            line = page.whole != 0 ? (line | LINES - 1) + 1 : line + 1;
        }
        return true;
    }

    private static int index(long line) {
        return (int) line & LINES - 1;
    }

    private static long key(int segment, long line) {
        return (long) segment << SEGMENT_SHIFT | line / LINES;
    }
}
