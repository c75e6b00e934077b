package io.pmemcheckj.memory;

/**
 * The state of 1024 consecutive lines (64 KiB) as one array, because an event waits for memory and not for instructions:
 * a line's cell is four neighbouring longs, of which the first two are all that most stores need.
 *
 * <pre>
 *   4i      bytes of line i that are stored and not persistent
 *   4i+1    who stored them (high 32 bits, see {@link OwnerBlocks}) | who flushes them (low 32 bits, see {@link Flushes})
 *   4i+2    those of them that a flush not yet completed covers
 *   4i+3    bytes ever stored
 *   BITS    16 longs, a bit per line: set when it has pending bytes
 *   COUNT   number of lines with pending bytes
 * </pre>
 */
final class Region {
    static final int SHIFT = 10;
    static final int LINES = 1 << SHIFT;
    static final int BITS = 4 * LINES;
    static final int COUNT = BITS + LINES / 64;

    static final int HEADS = 1;
    static final int FLUSHED = 2;
    static final int STORED = 3;

    /** What was ever stored in a region all of which was. */
    private static final long[] ALL_STORED = new long[0];

    private Region() {}

    /** A region with nothing pending. @param stored what {@link #settled} gave, or null */
    static long[] create(long[] stored) {
        long[] cells = new long[COUNT + 1];
        for (int i = 0; stored != null && i < LINES; i++) {
            cells[4 * i + STORED] = everStored(stored, i);
        }
        return cells;
    }

    /** Index of the first long of a line's cell. */
    static int cell(long line) {
        return ((int) line & LINES - 1) << 2;
    }

    static int owners(long[] cells, int cell) {
        return (int) (cells[cell + HEADS] >> 32);
    }

    static void setOwners(long[] cells, int cell, int head) {
        cells[cell + HEADS] = (long) head << 32 | cells[cell + HEADS] & 0xffffffffL;
    }

    static int flushes(long[] cells, int cell) {
        return (int) cells[cell + HEADS];
    }

    static void setFlushes(long[] cells, int cell, int head) {
        cells[cell + HEADS] = cells[cell + HEADS] & ~0xffffffffL | head & 0xffffffffL;
    }

    private static int bits(long line) {
        return BITS + ((int) line >> 6 & LINES / 64 - 1);
    }

    /** Bit per line of the 64 aligned ones around a line, set where bytes are pending. */
    static long pendingLines(long line, long[] cells) {
        return cells[bits(line)];
    }

    /** Notes that a line got its first pending byte. @return whether it is the only one in the region */
    static boolean markPending(long line, long[] cells) {
        cells[bits(line)] |= 1L << line;
        return cells[COUNT]++ == 0;
    }

    /** Notes that a line lost its last pending byte. */
    static void clearPending(long line, long[] cells) {
        cells[bits(line)] &= ~(1L << line);
        cells[COUNT]--;
    }

    /** All that is to be known of a region with nothing in flight, or null if something is. */
    static long[] settled(long[] cells) {
        if (cells[COUNT] != 0) {
            return null;
        }
        long[] stored = new long[LINES];
        long all = -1;
        for (int i = 0; i < LINES; i++) {
            if (cells[4 * i + HEADS] != 0) {
                return null;
            }
            stored[i] = cells[4 * i + STORED];
            all &= stored[i];
        }
        return all == -1 ? ALL_STORED : stored;
    }

    /**
     * Visits the lines of a region that were ever stored to.
     *
     * @param cells the region, or null
     * @param settled what {@link #settled} gave if there is no region, or null
     * @param first number of its first line
     */
    static void forEachStored(long[] cells, long[] settled, long first, Segment.LineVisitor visitor) {
        for (int i = 0; i < LINES && (cells != null || settled != null); i++) {
            long stored = cells == null ? everStored(settled, i) : cells[4 * i + STORED];
            if (stored != 0) {
                visitor.visit(first + i, stored, cells == null ? 0 : cells[4 * i]);
            }
        }
    }

    /** The bytes of a line ever stored, by what {@link #settled} gave. */
    static long everStored(long[] stored, long line) {
        return stored == ALL_STORED ? -1 : stored[(int) line & LINES - 1];
    }
}
