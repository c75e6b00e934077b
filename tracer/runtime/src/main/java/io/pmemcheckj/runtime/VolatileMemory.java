package io.pmemcheckj.runtime;

import java.io.IOException;
import java.util.Arrays;

/**
 * Memory of this process that does not outlive it, as the memory map showed it last. To read the map takes about a
 * millisecond, so a program that stores numbers that look like addresses must not cause that each time.
 */
final class VolatileMemory {
    private static final long TRUSTED_NANOS = 100_000_000L;
    /** Looks that may follow each other at once: most programs that store addresses do so soon after they got them. */
    private static final int QUICK_LOOKS = 200;

    private static volatile VolatileMemory latest = new VolatileMemory(new long[0], System.nanoTime() - TRUSTED_NANOS);
    /** Races only cost a look more. */
    private static int looks;

    /** Starts and ends, sorted. */
    private final long[] ranges;

    private final long taken;

    private VolatileMemory(long[] ranges, long taken) {
        this.ranges = ranges;
        this.taken = taken;
    }

    static boolean holds(long address) {
        VolatileMemory known = latest;
        long now = System.nanoTime();
        boolean isRecent = now - known.taken < TRUSTED_NANOS;
        boolean isThere = known.has(address);
        if (isRecent && (isThere || looks >= QUICK_LOOKS)) {
            return isThere;
        }
        looks++;
        known = new VolatileMemory(read(), now);
        latest = known;
        return known.has(address);
    }

    private boolean has(long address) {
        return Tracked.indexOf(ranges, address) >= 0;
    }

    private static long[] read() {
        String map;
        try {
            map = ProcFile.read("maps");
        } catch (IOException e) {
            return new long[0];
        }
        long[] found = new long[256];
        int count = 0;
        for (int from = 0; from < map.length(); ) {
            int to = map.indexOf('\n', from);
            if (to < 0) {
                to = map.length();
            }
            MemoryMapLine line = MemoryMapLine.parse(map.substring(from, to));
            if (line != null && line.isVolatile() && !line.holds(Ring.BASE)) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = line.start;
                found[count++] = line.end;
            }
            from = to + 1;
        }
        return Arrays.copyOf(found, count);
    }
}
