package io.pmemcheckj.crash.worker;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a check prints. */
final class Captured extends OutputStream {
    private static final int KEPT = 8192;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long dropped;

    @Override
    public synchronized void write(int b) {
        if (kept.size() < KEPT) {
            kept.write(b);
        } else {
            dropped++;
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        int part = Math.min(length, KEPT - kept.size());
        kept.write(bytes, from, part);
        dropped += length - part;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8) + (dropped == 0 ? "" : "\n[" + dropped + " bytes left out]\n");
    }
}
