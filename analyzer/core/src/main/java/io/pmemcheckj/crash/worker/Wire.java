package io.pmemcheckj.crash.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the explorer and its worker say to each other. The worker begins with {@link #READY}, or {@link #UNUSABLE} and a text.
 * Then for each state the explorer sends
 *
 * <pre>
 *   byte    0
 *   int     number of markers that still stand, of those sent before
 *   int     number of markers that follow; for each a text
 *   int     number of files, or -1 if they are as before; for each a text (name), a text (path)
 *   int     number of patches; for each an int (file), a long (offset), an int (length), the bytes
 * </pre>
 *
 * and the worker answers
 *
 * <pre>
 *   byte    CONSISTENT or INCONSISTENT
 *   text    in words
 *   text    what was printed
 *   byte    1 if the check had a folder, which may be changed now; else 0
 *   byte    1 if the worker had better be replaced; else 0
 * </pre>
 */
public final class Wire {
    public static final int READY = 1;
    public static final int UNUSABLE = 2;
    public static final int CONSISTENT = 3;
    public static final int INCONSISTENT = 4;

    private Wire() {}

    public static void writeText(DataOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    public static String readText(DataInputStream from) throws IOException {
        return new String(from.readNBytes(from.readInt()), StandardCharsets.UTF_8);
    }
}
