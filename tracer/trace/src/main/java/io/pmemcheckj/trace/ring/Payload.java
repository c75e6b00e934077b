package io.pmemcheckj.trace.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what follows the first slot of a record: longs, then texts (a length in bytes, UTF-8, padding to 8 bytes). */
final class Payload {
    private final long[] words;
    private int at;

    Payload(long[] words) {
        this.words = words;
    }

    /** Reads on from an index of the words. */
    Payload at(int index) {
        at = index;
        return this;
    }

    long nextLong() {
        return words[at++];
    }

    String nextText() {
        int length = (int) nextLong();
        int longs = (length + 7) / Long.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(longs * Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.asLongBuffer().put(words, at, longs);
        at += longs;
        return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    }
}
