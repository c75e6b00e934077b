package io.pmemcheckj.crash.state;

/**
 * The name of a state, which leads back to it in the same trace.
 *
 * @param point number of its failure point
 */
public record StateId(long point, char kind, String rest) {

    /** @throws IllegalArgumentException for what is no id */
    public static StateId parse(String id) {
        int end = 0;
        while (end < id.length() && Character.isDigit(id.charAt(end))) {
            end++;
        }
        char kind = end == id.length() ? ':' : id.charAt(end);
        if (end == 0 || kind != ':' && kind != '/') {
            throw new IllegalArgumentException(id);
        }
        return new StateId(Long.parseLong(id.substring(0, end)), kind, id.substring(Math.min(id.length(), end + 1)));
    }

    /**
     * The state itself.
     *
     * @param at the failure point with this number
     * @throws IllegalArgumentException if there is none
     */
    public State at(FailurePoint at) {
        return kind == '/' ? ReorderedState.parse(at, rest) : ChosenState.parse(at, rest);
    }
}
