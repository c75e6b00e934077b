package io.pmemcheckj.findings;

import java.util.List;

/**
 * A state that a crash can leave and that the check of the program's files refuses: the counterexample of a finding of
 * {@code inconsistent-crash-state}. The finding's location and stack are the failure point's.
 *
 * @param id the state, as {@code crash --state} takes it
 * @param failurePoint when the crash comes, in words
 * @param verdict how the check ended, in words, for example {@code exit code 1}
 * @param output what the check printed, shortened
 * @param image folder that holds the files as the crash left them; null where they were not kept
 * @param reproduce a command line that does it again
 * @param markers the last markers that the program had passed, oldest first
 * @param stores what was on its way when the crash came, in the order of the program; first all that were lost
 * @param lines the lines (page cache: sectors) that those stores are in, at most 32
 */
public record CrashState(
        String id,
        String failurePoint,
        String verdict,
        String output,
        String image,
        String reproduce,
        List<String> markers,
        List<Store> stores,
        List<Line> lines) {

    /**
     * A store that was not certain to be persistent.
     *
     * @param fate {@code lost}, {@code survived} or {@code torn}
     * @param stack frames, innermost first; may be empty
     * @param path file it went to
     * @param offset offset in the file, in bytes
     * @param length length in bytes
     * @param before the first 32 bytes there before the store, hexadecimal
     * @param after the first 32 bytes that it stored, hexadecimal
     */
    public record Store(
            String fate,
            Location location,
            List<Location> stack,
            String thread,
            String path,
            long offset,
            long length,
            String before,
            String after) {}

    /**
     * What a line held, in hexadecimal.
     *
     * @param path file
     * @param offset offset of the line in the file, in bytes
     * @param persistent what was certain to be persistent
     * @param crashed what the crash left
     * @param memory what the program had stored
     */
    public record Line(String path, long offset, String persistent, String crashed, String memory) {}
}
