package io.pmemcheckj.crash;

/**
 * How much of the run a job has looked at.
 *
 * @param explored number of failure points of which some state was chosen
 * @param complete number of those of which all were
 * @param points number of all failure points
 * @param byReads whether "all" means all that the check can tell apart
 * @param doubt why that might not be so, in words; or null
 */
record Coverage(long explored, long complete, long points, boolean byReads, String doubt) {
    boolean isAll() {
        return complete == points;
    }

    /** Of two jobs that chose the same, the one that got further. */
    Coverage and(Coverage other) {
        return other == null || complete > other.complete || explored > other.explored ? this : other;
    }
}
