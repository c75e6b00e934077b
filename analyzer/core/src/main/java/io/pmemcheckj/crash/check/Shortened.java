package io.pmemcheckj.crash.check;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning and the end of what is written to it. */
public final class Shortened extends OutputStream {
    private static final int KEPT = 4096;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[KEPT];
    private long written;

    @Override
    public synchronized void write(int b) {
        if (head.size() < KEPT) {
            head.write(b);
        } else {
            tail[(int) ((written - KEPT) % KEPT)] = (byte) b;
        }
        written++;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        // All but the last two pieces would be overwritten.
        int skipped = Math.max(0, length - 2 * KEPT - KEPT);
        for (int i = from; i < from + length; i++) {
            if (skipped > 0 && head.size() == KEPT) {
                written += skipped;
                i += skipped;
                skipped = 0;
            }
            write(bytes[i]);
        }
    }

    /** What was written, with a note in the middle if some of it is left out. */
    public synchronized String text() {
        String beginning = head.toString(StandardCharsets.UTF_8);
        if (written <= KEPT) {
            return beginning;
        }
        long rest = written - KEPT;
        int length = (int) Math.min(KEPT, rest);
        byte[] end = new byte[length];
        for (int i = 0; i < length; i++) {
            end[i] = tail[(int) ((rest - length + i) % KEPT)];
        }
        String last = new String(end, StandardCharsets.UTF_8);
        return rest <= KEPT ? beginning + last : beginning + "\n[" + (rest - KEPT) + " bytes left out]\n" + last;
    }
}
