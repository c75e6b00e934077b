package io.pmemcheckj.runtime;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Which addresses are those of segments.
 *
 * <p>Most stores to other memory are told by the bounds within which all segments are: two numbers that the JIT keeps in
 * registers. Within the bounds a byte for each 2 MiB of address space says whether there may be a segment in it. The
 * table is a hash: far apart addresses share a byte, which can cost time but not a store, because a byte that stands for
 * a segment is never anything else. The sorted ranges decide.
 */
final class Tracked {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int GRANULE_SHIFT = 21;
    private static final long GRANULE = 1L << GRANULE_SHIFT;
    private static final int GRANULES = 1 << 16;

    private static final byte UNKNOWN = 0;
    private static final byte NO_SEGMENT = 1;
    private static final byte SEGMENT = 2;

    private static final long TABLE = allocate();

    /** Starts and ends of the segments, sorted; replaced as a whole. */
    static volatile long[] ranges = {};
    /** Changes with {@link #ranges}. */
    static int generation;

    /** Ranges of emulated SYNC mappings: starts and ends. */
    private static volatile long[] emulated = {};

    /** Not volatile: a thread that can reach a segment has synchronized with the one that mapped it. */
    private static Bounds bounds = Bounds.NONE;

    private static volatile boolean disabled;

    private Tracked() {}

    private static long allocate() {
        long table = U.allocateMemory(GRANULES);
        U.setMemory(table, GRANULES, NO_SEGMENT);
        return table;
    }

    /** False for an address within the bounds that no segment is near. */
    @ForceInline
    static boolean maybe(long address) {
        return U.getByte(granule(address)) == SEGMENT;
    }

    /** False for nearly every store to other memory. */
    @ForceInline
    static boolean withinBounds(long address) {
        Bounds now = bounds;
        return Long.compareUnsigned(address - now.low, now.span) < 0;
    }

    @ForceInline
    static boolean overlapsBounds(long address, long length) {
        Bounds now = bounds;
        return address < now.low + now.span && address + length > now.low;
    }

    /** True for an address near a segment and for one that might be of a mapping that native code made. */
    @ForceInline
    static boolean maybeForeign(long address) {
        return U.getByte(granule(address)) != NO_SEGMENT;
    }

    static boolean isUnknown(long address) {
        return U.getByte(granule(address)) == UNKNOWN;
    }

    @ForceInline
    private static long granule(long address) {
        return TABLE + index(address);
    }

    @ForceInline
    private static int index(long address) {
        return (int) (address >>> GRANULE_SHIFT) & GRANULES - 1;
    }

    /** From now on a store to memory never seen before makes the runtime look at the process's memory map. */
    static synchronized void lookForNativeMappings() {
        U.setMemory(TABLE, GRANULES, UNKNOWN);
        for (int i = 0; i < ranges.length; i += 2) {
            mark(ranges[i], ranges[i + 1]);
        }
    }

    static synchronized void noSegmentNear(long address) {
        if (isUnknown(address)) {
            U.putByte(null, granule(address), NO_SEGMENT);
        }
    }

    static synchronized void add(long start, long end, boolean isEmulated) {
        // Even when nothing is recorded any more: it decides about write-back.
        emulated = isEmulated ? with(emulated, start, end) : without(emulated, start, end);
        if (disabled) {
            return;
        }
        ranges = with(ranges, start, end);
        mark(start, end);
        rangesChanged();
    }

    private static void rangesChanged() {
        long[] all = ranges;
        bounds = all.length == 0 ? Bounds.NONE : new Bounds(all[0], all[all.length - 1] - all[0]);
        generation++;
    }

    private static void mark(long start, long end) {
        for (long at = firstGranule(start); at < end(start, end); at += GRANULE) {
            U.putByte(null, granule(at), SEGMENT);
        }
    }

    /** Takes a part of the address space out of all segments. */
    static synchronized void remove(long start, long end) {
        long[] rest = without(ranges, start, end);
        boolean removed = rest != ranges;
        ranges = rest;
        emulated = without(emulated, start, end);
        rangesChanged();
        if (removed && !disabled) {
            forget(start, end, rest);
        }
    }

    /**
     * Clears the bytes of a range, but not for a moment those that other segments share with it: a store that another
     * thread makes to one of them meanwhile must not be missed.
     */
    private static void forget(long start, long end, long[] rest) {
        boolean[] shared = new boolean[GRANULES];
        for (int i = 0; i < rest.length; i += 2) {
            for (long at = firstGranule(rest[i]); at < end(rest[i], rest[i + 1]); at += GRANULE) {
                shared[index(at)] = true;
            }
        }
        for (long at = firstGranule(start); at < end(start, end); at += GRANULE) {
            if (!shared[index(at)]) {
                U.putByte(null, TABLE + index(at), UNKNOWN);
            }
        }
    }

    private static long firstGranule(long address) {
        return address & -GRANULE;
    }

    /** Where to stop: a range longer than the table has all of it. */
    private static long end(long start, long end) {
        return Math.min(end, firstGranule(start) + GRANULE * GRANULES);
    }

    static boolean isEmulated(long address) {
        return indexOf(emulated, address) >= 0;
    }

    static boolean overlaps(long address, long length) {
        long[] all = ranges;
        int i = firstEndingAfter(all, address);
        return i < all.length && all[i] < address + length;
    }

    /** True where segments leave no part of the range out. */
    static boolean covers(long address, long length) {
        long[] all = ranges;
        long covered = address;
        for (int i = indexOf(all, address); i >= 0 && covered < address + length; i = indexOf(all, covered)) {
            covered = all[i + 1];
        }
        return covered >= address + length;
    }

    /** Index of the range that holds the address, or -1. */
    static int indexOf(long[] all, long address) {
        int i = firstEndingAfter(all, address);
        return i < all.length && all[i] <= address ? i : -1;
    }

    private static int firstEndingAfter(long[] all, long address) {
        int low = 0;
        int high = all.length / 2;
        while (low < high) {
            int middle = low + high >>> 1;
            if (all[2 * middle + 1] <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low;
    }

    private static long[] with(long[] all, long start, long end) {
        long[] clean = without(all, start, end);
        int at = firstEndingAfter(clean, start);
        long[] more = new long[clean.length + 2];
        System.arraycopy(clean, 0, more, 0, at);
        more[at] = start;
        more[at + 1] = end;
        System.arraycopy(clean, at, more, at + 2, clean.length - at);
        return more;
    }

    /** Takes a part of the address space out of all ranges, as munmap does. */
    private static long[] without(long[] all, long start, long end) {
        int first = firstEndingAfter(all, start);
        int behind = first;
        while (behind < all.length && all[behind] < end) {
            behind += 2;
        }
        if (first == behind) {
            return all;
        }
        boolean keepsHead = all[first] < start;
        boolean keepsTail = all[behind - 1] > end;
        long[] rest = new long[all.length - (behind - first) + (keepsHead ? 2 : 0) + (keepsTail ? 2 : 0)];
        System.arraycopy(all, 0, rest, 0, first);
        int at = first;
        if (keepsHead) {
            rest[at++] = all[first];
            rest[at++] = start;
        }
        if (keepsTail) {
            rest[at++] = end;
            rest[at++] = all[behind - 1];
        }
        System.arraycopy(all, behind, rest, at, all.length - behind);
        return rest;
    }

    static boolean disabled() {
        return disabled;
    }

    /** Nothing is recorded any more. */
    static synchronized void disable() {
        disabled = true;
        ranges = new long[0];
        rangesChanged();
        U.setMemory(TABLE, GRANULES, NO_SEGMENT);
    }
}
