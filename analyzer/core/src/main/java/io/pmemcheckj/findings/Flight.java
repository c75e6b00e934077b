package io.pmemcheckj.findings;

import java.util.List;

/**
 * What a recording of JDK Flight Recorder tells of the run. Times are microseconds since {@link #begin}, but for that itself.
 *
 * @param recording name of its file
 * @param begin when the JVM started, or the recording where that is not known, as in 2027-01-31T23:59:59.123Z
 * @param fromUs first event of the recording
 * @param toUs last event of the recording
 * @param missing what the recording does not tell, and why, in words; empty where nothing is missing
 * @param samples how the run went, in order of time
 * @param pauses the longest garbage collection pauses, in order of time
 * @param pauseCount number of all pauses
 * @param pausedUs how long all of them lasted together
 * @param slowFlushes the slowest flushes, slowest first
 * @param flushCount number of all flushes in the recording: those that lasted as long as its settings say, or longer
 * @param moments when findings were met; without those that are judged when the program has ended
 */
public record Flight(
        String recording,
        String begin,
        long fromUs,
        long toUs,
        List<String> missing,
        List<Sample> samples,
        List<Activity> pauses,
        long pauseCount,
        long pausedUs,
        List<SlowFlush> slowFlushes,
        long flushCount,
        List<Moment> moments) {

    /**
     * Counts since the program's start.
     *
     * @param unpersistedBytes bytes that were stored and not persistent at that time
     */
    public record Sample(long atUs, long stores, long flushes, long fences, long unpersistedBytes) {}

    /**
     * What a thread or the JVM did for a while.
     *
     * @param kind {@code GC pause}, {@code file read}, {@code file write}, {@code file force}, {@code park}, {@code sleep}, {@code
     *     monitor enter}, {@code monitor wait}, {@code flush} (another one), or {@code tracer} (waited for pmemcheck-j)
     * @param thread its name; null for the JVM
     * @param detail which file, monitor or kind of collection; may be empty
     */
    public record Activity(String kind, long atUs, long durationUs, String thread, String detail) {
        public long endUs() {
            return atUs + durationUs;
        }
    }

    /**
     * A flush that took long.
     *
     * @param kind force, file-force, persist or flush
     * @param offset first byte of the range in the file
     * @param size bytes asked for; 0 for the whole file
     * @param linesFlushed lines of 64 bytes in the range; null where not known
     * @param linesDirty lines among them that had something to write back; null where not known
     * @param bytesDirty bytes that had been stored and not flushed; null where not known
     * @param failed whether it ended with an exception
     * @param thread name of the thread; null where not known
     * @param location where in the program
     * @param stack frames from there, innermost first, as in {@code com.example.Log.append, line 42}: a recording names no files
     * @param beside what ran in the meantime, the longest of it, in order of time
     * @param more number of activities left out
     */
    public record SlowFlush(
            long atUs,
            long durationUs,
            String kind,
            String path,
            long offset,
            long size,
            Long linesFlushed,
            Long linesDirty,
            Long bytesDirty,
            boolean failed,
            String thread,
            Location location,
            List<String> stack,
            List<Activity> beside,
            int more) {}

    /**
     * When a finding was met for the first time. The program's events have no time of their own, so it is known to about a second.
     *
     * @param fingerprint of the finding
     * @param thread name of the thread that met it; null where not known
     * @param beside what ran then: of this thread, or of the JVM; the longest of it, in order of time
     * @param more number of activities left out
     */
    public record Moment(String fingerprint, long fromUs, long toUs, String thread, List<Activity> beside, int more) {}

    /** The moment of a finding, or null where none is known. */
    public Moment momentOf(Finding finding) {
        return moments.stream()
                .filter(moment -> moment.fingerprint().equals(finding.fingerprint()))
                .findFirst()
                .orElse(null);
    }
}
