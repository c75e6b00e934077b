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
 * @param timeline what happened to the line of the first occurrence, in order; empty where nothing is known of it
 * @param suppression why the finding does not count; null for one that does
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
        CrashState crash,
        List<Step> timeline,
        Suppression suppression) {

    /** Reports of the first versions have no timelines. */
    public Finding {
        timeline = timeline == null ? List.of() : List.copyOf(timeline);
    }

    /** A finding that counts, without a crash state and a timeline. */
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
                null,
                List.of(),
                null);
    }

    /** The same finding, so many times. */
    public Finding occurring(long times) {
        return with(fingerprint, message, times, bytes, segment, crash, timeline, suppression);
    }

    /** The same finding by another fingerprint. */
    Finding named(String newFingerprint) {
        return with(newFingerprint, message, occurrences, bytes, segment, crash, timeline, suppression);
    }

    /** The same finding with the state that proves it. */
    public Finding provedBy(CrashState state) {
        return with(fingerprint, message, occurrences, bytes, segment, state, timeline, suppression);
    }

    /** The same finding with what happened to its line. */
    public Finding after(List<Step> steps) {
        return with(fingerprint, message, occurrences, bytes, segment, crash, steps, suppression);
    }

    /** The same finding, which does not count, or counts again if there is no reason. */
    public Finding suppressed(Suppression reason) {
        return with(fingerprint, message, occurrences, bytes, segment, crash, timeline, reason);
    }

    /** The same finding in a report in which the segments have numbers that are greater by so much. */
    public Finding inSegment(int shift) {
        Range moved = segment == null
                ? null
                : new Range(segment.id() + shift, segment.path(), segment.offset(), segment.length());
        return with(fingerprint, message, occurrences, bytes, moved, crash, timeline, suppression);
    }

    /** The same finding for several runs. */
    public Finding summedUp(String words, long times, long allBytes) {
        return with(fingerprint, words, times, allBytes, segment, crash, timeline, suppression);
    }

    /** The same finding with other frames. */
    public Finding withStack(List<Location> frames) {
        return new Finding(
                fingerprint,
                rule,
                severity,
                message,
                fix,
                occurrences,
                bytes,
                location,
                frames,
                stackIsSample,
                segment,
                thread,
                related,
                crash,
                timeline,
                suppression);
    }

    private Finding with(
            String newFingerprint,
            String words,
            long times,
            long allBytes,
            Range range,
            CrashState state,
            List<Step> steps,
            Suppression newSuppression) {
        return new Finding(
                newFingerprint,
                rule,
                severity,
                words,
                fix,
                times,
                allBytes,
                location,
                stack,
                stackIsSample || times > occurrences,
                range,
                thread,
                related,
                state,
                steps,
                newSuppression);
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

    /**
     * Something that happened to a cache line or page.
     *
     * @param event for example {@code stored}, {@code flushed}, {@code fenced}, {@code ended}
     * @param location nearest frame outside the JDK
     * @param thread name of the thread, or null
     * @param offset in the file, in bytes, of what was stored or flushed; 0 where nothing was
     * @param length bytes stored or flushed; 0 where nothing was
     */
    public record Step(String event, Location location, String thread, long offset, long length) {}

    /**
     * Why a finding does not count.
     *
     * @param kind {@code file} (of {@code --suppressions}), {@code annotation} ({@code @SuppressPmem}) or {@code baseline}
     * @param reason in the words of who suppressed it; null for a baseline
     * @param until last day on which it holds, as in 2027-01-31, or null for ever
     * @param source file and line of the suppression, the annotated class or method, or the baseline's file
     */
    public record Suppression(String kind, String reason, String until, String source) {
        public static final String FILE = "file";
        public static final String ANNOTATION = "annotation";
        public static final String BASELINE = "baseline";
    }
}
