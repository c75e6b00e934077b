package io.pmemcheckj.runtime;

/**
 * Addresses that were looked up in the memory map a moment ago and are not worth another look. A program that makes a
 * segment of the same foreign address again and again would otherwise spend its time there.
 */
final class RecentLooks {
    private static final long PAUSE_NANOS = 1_000_000_000L;
    private static final int SIZE = 256;

    // Races only cost a look too many.
    private final long[] addresses = new long[SIZE];
    private final long[] times = new long[SIZE];

    /** Remembers the look otherwise. */
    boolean isTooSoon(long address) {
        int slot = (int) (address >>> 12) & SIZE - 1;
        long now = System.nanoTime();
        if (addresses[slot] == address && now - times[slot] < PAUSE_NANOS) {
            return true;
        }
        addresses[slot] = address;
        times[slot] = now;
        return false;
    }
}
