package io.pmemcheckj.trace.file;

import java.nio.charset.StandardCharsets;

/** Appends numbers and text to blocks, and hands full blocks to the frame writer. */
final class BlockOutput {
    /** The most bytes a varint takes. */
    static final int MAX_VARINT = 10;

    private final FrameWriter frames;
    private Block block;
    private byte[] bytes;
    private int at;

    BlockOutput(FrameWriter frames) {
        this.frames = frames;
        nextBlock(0);
    }

    private void nextBlock(int atLeast) {
        block = frames.nextBlock(atLeast);
        bytes = block.bytes;
        at = 0;
    }

    /** Makes room for an event of at most this many bytes; an event never crosses blocks. */
    void reserve(int size) {
        if (bytes.length - at < size) {
            replaceBlock(size);
        }
    }

    private void replaceBlock(int atLeast) {
        if (block == null) {
            throw new IllegalStateException("the trace file is closed");
        }
        frames.submit(block);
        nextBlock(atLeast);
    }

    /** The event is complete. */
    void finish() {
        block.publishRelease(at);
    }

    /** Hands over everything; nothing can be appended any more. */
    void end() {
        frames.submit(block);
        frames.submitEnd();
        block = null;
        bytes = new byte[0];
        at = 0;
    }

    void single(int b) {
        bytes[at++] = (byte) b;
    }

    /** Seven bits a byte, lowest first; the top bit says that more follow. The number counts as unsigned. */
    void varint(long value) {
        long rest = value;
        int to = at;
        while ((rest & ~0x7fL) != 0) {
            bytes[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[to++] = (byte) rest;
        at = to;
    }

    /** A varint that is short for small negative numbers too: 0, -1, 1, -2 become 0, 1, 2, 3. */
    void signed(long value) {
        varint(value << 1 ^ value >> 63);
    }

    void text(byte[] utf8) {
        varint(utf8.length);
        System.arraycopy(utf8, 0, bytes, at, utf8.length);
        at += utf8.length;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
