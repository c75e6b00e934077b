package io.pmemcheckj.crash;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Which states have been taken on, by whom does not matter, and what came of them; shared by all jobs. */
final class Claims {
    /** What stopped the exploration, if it was the user. */
    static final String SIGNAL = "signal";

    /** Of states that are being judged. */
    private static final Boolean UNKNOWN = null;

    private final Map<Long, Boolean> verdicts = new HashMap<>();
    private final long most;
    private final long deadline;
    private Journal journal;
    private long resumed;
    private long claimed;
    private long duplicates;
    private long refused;
    private String stoppedBy;

    /**
     * @param most number of states to judge at most
     * @param deadline when to stop, by {@link System#nanoTime}
     */
    Claims(long most, long deadline) {
        this.most = most;
        this.deadline = deadline;
    }

    /** A state was judged, and found consistent, by an exploration that this one continues. */
    synchronized void resume(long key) {
        if (verdicts.put(key, true) == null) {
            resumed++;
        }
    }

    /** Number of states that an earlier exploration had judged. */
    synchronized long resumed() {
        return resumed;
    }

    synchronized void writeTo(Journal newJournal) {
        journal = newJournal;
    }

    private void note(long key, boolean consistent) {
        try {
            if (consistent && journal != null) {
                journal.consistent(key);
            }
        } catch (IOException e) {
            journal = null; // then nobody can go on from here
        }
    }

    /**
     * Takes on a state.
     *
     * @return its place in the order of all that were taken on, or -1 if it was before, or -2 if no more may be
     */
    synchronized long claim(long key) {
        if (verdicts.containsKey(key)) {
            duplicates++;
            return -1;
        }
        if (!mayGoOn()) {
            return -2;
        }
        if (claimed >= most) {
            stoppedBy = "max-states";
            return -2;
        }
        verdicts.put(key, UNKNOWN);
        return claimed++;
    }

    /** Whether there is time, and nothing has stopped the exploration. */
    synchronized boolean mayGoOn() {
        if (stoppedBy == null && System.nanoTime() - deadline > 0) {
            stoppedBy = "time-limit";
        }
        return stoppedBy == null;
    }

    /** Stops all jobs. */
    synchronized void stop(String by) {
        if (stoppedBy == null) {
            stoppedBy = by;
        }
    }

    /** A state that was claimed was not judged after all. */
    synchronized void release(long key) {
        verdicts.remove(key);
        claimed--;
    }

    synchronized void judged(long key, boolean consistent) {
        verdicts.put(key, consistent);
        note(key, consistent);
        if (!consistent) {
            refused++;
        }
    }

    /** What came of a state, or null if nobody knows yet. */
    synchronized Boolean verdict(long key) {
        return verdicts.get(key);
    }

    /** One more was judged that nobody had claimed. */
    synchronized void judgedBesides(long key, boolean consistent) {
        if (verdicts.get(key) == UNKNOWN) {
            if (!verdicts.containsKey(key)) {
                claimed++;
            }
            verdicts.put(key, consistent);
            refused += consistent ? 0 : 1;
        }
    }

    synchronized long claimed() {
        return claimed;
    }

    synchronized long duplicates() {
        return duplicates;
    }

    synchronized long refused() {
        return refused;
    }

    /** max-states or time-limit, or null. */
    synchronized String stoppedBy() {
        return stoppedBy;
    }
}
