package io.pmemcheckj.rules;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.replay.Places;
import io.pmemcheckj.rules.FindingGroup.Place;

/**
 * Something that happened to the bytes of a finding, see {@link Finding.Step}.
 *
 * @param thread its number, {@link FindingBook#NO_THREAD} for none
 */
record Moment(String event, Location location, int thread, long offset, long length) {
    static final String STORED = "stored";
    static final String STORED_PAST_CACHES = "stored past the caches";
    static final String FLUSHED = "flushed";
    static final String FLUSH_FAILED = "flush failed";
    static final String FENCED = "fenced";
    static final String FENCED_ELSEWHERE = "fenced by another thread";
    static final String FORCE_BEGAN = "force began";
    static final String FORCED = "forced";
    static final String FORCE_FAILED = "force failed";
    static final String READ = "read";
    static final String ENDED = "ended";

    /** What concerns no range. */
    static Moment at(String event, Place place, int thread) {
        return new Moment(event, place.location(), thread, 0, 0);
    }

    /** The end of the program. */
    static Moment end() {
        return new Moment(ENDED, Location.UNKNOWN, FindingBook.NO_THREAD, 0, 0);
    }

    /** The same force when it is over, for a reader who need not know that it is not yet. */
    Moment completed() {
        return event.equals(FORCE_BEGAN) ? as(FORCED) : this;
    }

    Moment as(String otherEvent) {
        return new Moment(otherEvent, location, thread, offset, length);
    }

    Finding.Step step(Places places) {
        return new Finding.Step(
                event, location, thread == FindingBook.NO_THREAD ? null : places.thread(thread), offset, length);
    }
}
