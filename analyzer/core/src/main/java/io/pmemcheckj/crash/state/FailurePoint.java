package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A moment of the run at which a crash can leave states that it cannot leave later: right before some of what is on its way
 * becomes certain, or the files change in a way that no crash undoes. Together the failure points have all states of the run.
 * Only of use until the replay goes on.
 */
public final class FailurePoint {

    /**
     * An event of the run.
     *
     * @param event in words, for example {@code the fence}
     * @param thread number of the thread that did it, or 0
     * @param site number of the place in the code; 0 if that is not known
     * @param stack number of one of the stacks that led there, or 0
     * @param time when: that of the last store before
     */
    public record Moment(String event, int thread, int site, int stack, long time) {
        static final Moment START = new Moment("the start", 0, 0, 0, 0);
    }

    /**
     * The same for all moments at which the program does the same thing on the same way to it.
     *
     * @param stores a digest of where the latest stores were made
     */
    public record PathKey(String event, int site, int stack, int since, long stores) {}

    private final long number;
    private final Moment next;
    private final Moment since;
    private final int markers;
    private final long recentSites;
    private final Collection<Unit> pending;
    private final List<Unit> underWay;
    private final long certain;
    private List<Unit> units;

    FailurePoint(
            long number,
            Moment next,
            Moment since,
            int markers,
            long recentSites,
            Collection<Unit> pending,
            List<Unit> underWay,
            long certain) {
        this.number = number;
        this.next = next;
        this.since = since;
        this.markers = markers;
        this.recentSites = recentSites;
        this.pending = pending;
        this.underWay = underWay;
        this.certain = certain;
    }

    /** Counts from 0. */
    public long number() {
        return number;
    }

    /** What comes next, if no crash does. */
    public Moment next() {
        return next;
    }

    /** The latest of what made certain what is certain: a store, a marker that was passed, a change of files. */
    public Moment since() {
        return since;
    }

    /** Number of markers that were passed. */
    public int markers() {
        return markers;
    }

    /** Hash of what is certain. */
    public long certain() {
        return certain;
    }

    /** What a crash can leave in more than one state, ordered by when it was first stored to. */
    public List<Unit> units() {
        if (units == null) {
            units = new ArrayList<>(pending);
            units.addAll(underWay);
        }
        return units;
    }

    public PathKey path() {
        return new PathKey(next.event(), next.site(), next.stack(), since.site(), recentSites);
    }
}
