package io.pmemcheckj.trace.live;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A finding as it stands while the program runs.
 *
 * @param rule rule id
 * @param severity error, warning or note
 * @param fingerprint as in the report, unless a later finding that resembles it comes before it in the source
 * @param message what is wrong
 * @param location class, method, file and line as one text
 * @param thread name of the thread of the first occurrence, empty for none
 * @param path the segment's, empty for none
 * @param offset first byte concerned, in the file
 * @param size bytes from there
 * @param stack a frame a line, innermost first; the end may be cut off
 */
public record LiveFinding(
        String rule,
        String severity,
        String fingerprint,
        String message,
        String location,
        String thread,
        String path,
        long offset,
        long size,
        String stack) {
    private static final int FIELDS = 10;

    /** As UTF-8 with zeros between the fields; what goes beyond {@code most} bytes is cut off, which takes the stack first. */
    byte[] encode(int most) {
        String text = String.join(
                "\0",
                rule,
                severity,
                fingerprint,
                location,
                thread,
                Long.toString(offset),
                Long.toString(size),
                path,
                message,
                stack);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    static LiveFinding decode(byte[] bytes) {
        String[] fields = Arrays.copyOf(new String(bytes, StandardCharsets.UTF_8).split("\0", -1), FIELDS);
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = fields[i] == null ? "" : fields[i];
        }
        return new LiveFinding(
                fields[0],
                fields[1],
                fields[2],
                fields[8],
                fields[3],
                fields[4],
                fields[7],
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]),
                fields[9]);
    }
}
