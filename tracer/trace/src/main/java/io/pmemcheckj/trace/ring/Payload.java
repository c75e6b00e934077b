package io.pmemcheckj.trace.ring;

/** Reads what follows the first slot of a record: longs, then texts (a length in bytes, UTF-8, padding to 8 bytes). */
final class Payload {
    private final RingFile ring;
    private int at;

    Payload(RingFile ring) {
        this.ring = ring;
    }

    Payload at(int offset) {
        at = offset;
        return this;
    }

    long nextLong() {
        long value = ring.get(at);
        at += Long.BYTES;
        return value;
    }

    String nextText() {
        int length = (int) nextLong();
        String text = ring.text(at, length);
        at += (length + 7) & ~7;
        return text;
    }
}
