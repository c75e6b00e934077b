package io.pmemcheckj.cli.doctor;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Whether MAP_SYNC works at a path.
 *
 * @param result {@code works}, {@code refused}, {@code not-mappable} or {@code not-tried}
 * @param triedWith what was mapped; null when nothing could be
 * @param reason why it does not work or was not tried; null when it works
 */
record MapSync(String result, String triedWith, String reason) {

    static MapSync works(String triedWith) {
        return new MapSync("works", triedWith, null);
    }

    static MapSync refused(String triedWith, String reason) {
        return new MapSync("refused", triedWith, reason);
    }

    /** Not even an ordinary map works. */
    static MapSync notMappable(String triedWith, String reason) {
        return new MapSync("not-mappable", triedWith, reason);
    }

    static MapSync notTried(String reason) {
        return new MapSync("not-tried", null, reason);
    }

    @JsonIgnore
    boolean isWorking() {
        return result.equals("works");
    }

    @JsonIgnore
    boolean isTried() {
        return triedWith != null;
    }
}
