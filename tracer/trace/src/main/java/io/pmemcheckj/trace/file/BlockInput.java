package io.pmemcheckj.trace.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link BlockOutput} appended. */
final class BlockInput {
    private byte[] bytes = {};
    private int at;
    private int end;

    void start(byte[] block, int length) {
        bytes = block;
        at = 0;
        end = length;
    }

    boolean atEnd() {
        return at == end;
    }

    int single() throws MalformedEventException {
        if (at == end) {
            throw new MalformedEventException("an event is cut short");
        }
        return bytes[at++] & 0xff;
    }

    long varint() throws MalformedEventException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = single();
            value |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new MalformedEventException("a number has too many bytes");
    }

    long signed() throws MalformedEventException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    String text() throws MalformedEventException {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] bytes() throws MalformedEventException {
        int length = count();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** A number of things that follow, each at least one byte. */
    int count() throws MalformedEventException {
        long count = varint();
        if (count < 0 || count > end - at) {
            throw new MalformedEventException("an event claims to be longer than its frame");
        }
        return (int) count;
    }
}
