package io.pmemcheckj.cli.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What is known of the program at one moment. Null is what the recording does not tell. {@code
 * rules/schema/watch-1.0.schema.json} describes it as JSON.
 *
 * @param schemaVersion of the form as JSON
 * @param target what is watched, as the user calls it
 * @param state how it stands with the target
 * @param time of the newest figures
 * @param watched from the oldest to the newest figures
 * @param linesFlushed 64-byte lines in ranges flushed so far
 * @param linesDirty lines among them that were dirty
 * @param dirtyShare share of dirty ones among the lines flushed in the last second, 0 to 1; null also where none was
 * @param unpersisted bytes not persistent, in all segments
 * @param findings number of findings so far
 * @param segmentCount number of segments; {@code segments} may be only those with the most bytes not persistent
 */
record Snapshot(
        String schemaVersion,
        String target,
        State state,
        Instant time,
        @JsonIgnore Duration watched,
        Count stores,
        Count flushes,
        Count fences,
        Count transactions,
        Long linesFlushed,
        Long linesDirty,
        Double dirtyShare,
        Level unpersisted,
        Replay replay,
        Long segmentCount,
        List<Segment> segments,
        List<Flush> slowestFlushes,
        List<Transaction> openTransactions,
        Long findings,
        List<Finding> newestFindings) {
    static final String VERSION = "1.0";

    enum State {
        /** No figures so far. */
        WAITING,
        RUNNING,
        /** In the regular way. */
        ENDED,
        /** Without ending its recording. */
        KILLED,
        /** No longer reached. */
        LOST,
        /** The end of a file. */
        REPLAYED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param total since the program started
     * @param perSecond lately; null where only one figure is known so far
     * @param history {@code perSecond} over the time watched
     */
    record Count(Long total, Double perSecond, @JsonIgnore List<Double> history) {}

    /** @param history {@code bytes} over the time watched, NaN for not known */
    record Level(Long bytes, @JsonIgnore List<Double> history) {}

    /**
     * How far the replay is.
     *
     * @param upToDate whether it has come to all that had happened
     * @param eventsBehind events that it has not come to
     * @param ringOccupancy share of the room for events on their way that is in use, 0 to 1
     * @param secondsWaited what threads of the program waited for it, added up
     */
    record Replay(Boolean upToDate, Long eventsBehind, Double ringOccupancy, Double secondsWaited) {}

    /** @param id number in the report */
    record Segment(int id, String path, String domain, Long size, Long bytesStored, Level unpersisted) {}

    /**
     * The slowest flush of those made at one place.
     *
     * @param recorded how many of them the recording has: those that lasted for its threshold
     * @param millis how long it took
     * @param linesDirty null where the replay had not come so far
     * @param stack from the place outwards
     */
    record Flush(
            String location,
            long recorded,
            double millis,
            Instant time,
            String kind,
            String path,
            Long offset,
            Long size,
            Long linesFlushed,
            Long linesDirty,
            Boolean failed,
            List<String> stack) {}

    record Transaction(
            Long id, String kind, Double openForSeconds, Long rangesLogged, String thread, String location) {}

    record Finding(
            Instant time,
            String rule,
            String severity,
            String fingerprint,
            String message,
            String location,
            String path,
            Long offset,
            Long size) {}

    Snapshot in(State now) {
        return new Snapshot(
                schemaVersion,
                target,
                now,
                time,
                watched,
                stores,
                flushes,
                fences,
                transactions,
                linesFlushed,
                linesDirty,
                dirtyShare,
                unpersisted,
                replay,
                segmentCount,
                segments,
                slowestFlushes,
                openTransactions,
                findings,
                newestFindings);
    }
}
