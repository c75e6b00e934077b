package io.pmemcheckj.crash.check;

import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.Labelled;
import io.pmemcheckj.crash.state.State;

/**
 * Asks for nothing but atomic operations: after a crash the files are as before the operation that it interrupted, or as after
 * it; of the files counts what the program gave names to ({@code PmemCheck.label}), if it did. Markers stand between
 * operations; what comes before the first and after the last is not judged.
 */
public final class OperationChecker implements Checker {
    private final Labelled labelled;
    private final long[] atMarkers;

    /**
     * @param labelled what counts; everything if it is empty
     * @param atMarkers hash of what the program saw of that when it passed each of its markers
     */
    public OperationChecker(Labelled labelled, long[] atMarkers) {
        this.labelled = labelled;
        this.atMarkers = atMarkers;
    }

    @Override
    public Verdict check(FileReplay replay, State state) {
        int passed = state.point().markers();
        if (passed == 0 || passed >= atMarkers.length) {
            return Verdict.CONSISTENT;
        }
        long hash = labelled.isEmpty() ? state.hash() : labelled.in(replay, state);
        if (hash == atMarkers[passed - 1] || hash == atMarkers[passed]) {
            return Verdict.CONSISTENT;
        }
        return Verdict.inconsistent(
                "the files are neither as at the marker before, "
                        + replay.markers().get(passed - 1) + ", nor as at the next",
                "");
    }

    @Override
    public String reproduce(String image) {
        return null;
    }
}
