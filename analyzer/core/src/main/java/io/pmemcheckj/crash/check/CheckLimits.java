package io.pmemcheckj.crash.check;

/**
 * What one check may take.
 *
 * @param seconds of wall-clock time
 * @param memory bytes, of all its processes together
 */
public record CheckLimits(long seconds, long memory) {
    long nanos() {
        return seconds * 1_000_000_000L;
    }
}
