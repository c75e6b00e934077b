package io.pmemcheckj.findings;

import java.util.List;

/**
 * What the code at a location did wrong, all occurrences together. Field names and meaning are those of report.json.
 *
 * @param fingerprint stable across runs and line shifts
 * @param rule rule id, for example {@code unflushed-store}
 * @param message one sentence that says what happened
 * @param fix one sentence that says what to do
 * @param occurrences how often it happened
 * @param bytes number of distinct bytes concerned
 * @param location nearest frame outside the JDK
 * @param stack frames of one occurrence, innermost first; may be empty
 * @param stackIsSample true when {@code stack} belongs to one occurrence among several
 * @param segment where in the file, of the first occurrence; null when the finding concerns no range
 * @param thread name of the thread of the first occurrence
 * @param related the other halves of the story
 * @param crash the state that proves it; null but for {@code inconsistent-crash-state}
 */
public record Finding(
        String fingerprint,
        String rule,
        Severity severity,
        String message,
        String fix,
        long occurrences,
        long bytes,
        Location location,
        List<Location> stack,
        boolean stackIsSample,
        Range segment,
        String thread,
        List<Related> related,
        CrashState crash) {

    /** A finding without a crash state. */
    public Finding(
            String fingerprint,
            String rule,
            Severity severity,
            String message,
            String fix,
            long occurrences,
            long bytes,
            Location location,
            List<Location> stack,
            boolean stackIsSample,
            Range segment,
            String thread,
            List<Related> related) {
        this(
                fingerprint,
                rule,
                severity,
                message,
                fix,
                occurrences,
                bytes,
                location,
                stack,
                stackIsSample,
                segment,
                thread,
                related,
                null);
    }

    /** The same finding, so many times. */
    public Finding occurring(long times) {
        return with(fingerprint, times);
    }

    /** The same finding by another fingerprint. */
    Finding named(String newFingerprint) {
        return with(newFingerprint, occurrences);
    }

    private Finding with(String newFingerprint, long times) {
        return new Finding(
                newFingerprint,
                rule,
                severity,
                message,
                fix,
                times,
                bytes,
                location,
                stack,
                stackIsSample,
                segment,
                thread,
                related,
                crash);
    }

    /**
     * A range of a segment.
     *
     * @param id the segment's number in the report
     * @param path the segment's file
     * @param offset offset in the file, in bytes
     * @param length length in bytes
     */
    public record Range(int id, String path, long offset, long length) {}

    /**
     * Another place that belongs to the finding.
     *
     * @param role for example {@code flushed here}, {@code first stored here}, {@code overwritten here}
     * @param location nearest frame outside the JDK
     * @param stack frames, innermost first; may be empty
     */
    public record Related(String role, Location location, List<Location> stack) {}
}
