package io.pmemcheckj.trace.file;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses the payload of frames. Traces of loops shrink to a hundredth at 3 ns an event, those of random stores by a
 * fifth at 140 ns, which would hold up the replay. So after a frame that shrank by less than a third, some frames are
 * only stored (in the format of the compressed ones, which costs less than 1 ns an event).
 */
final class FrameCompressor implements AutoCloseable {
    private static final int FRAMES_TO_STORE = 15;
    /** Bytes of a frame from which on it tells something about the next ones. */
    private static final int MIN_SAMPLE = 16 * 1024;

    private final Deflater shrinking = new Deflater(Deflater.BEST_SPEED, true);
    private final Deflater storing = new Deflater(Deflater.NO_COMPRESSION, true);
    private int framesToStore;
    private int compressedLength;

    /**
     * Compresses a range of bytes.
     *
     * @param room where to put the result
     * @param at index of its first byte
     * @return {@code room}, or a larger copy of it if it was too small
     */
    byte[] compress(byte[] bytes, int from, int length, byte[] room, int at) {
        boolean shrink = framesToStore == 0;
        byte[] result = deflate(shrink ? shrinking : storing, bytes, from, length, room, at);
        if (!shrink) {
            framesToStore--;
        } else if (length >= MIN_SAMPLE && compressedLength > length / 3 * 2) {
            framesToStore = FRAMES_TO_STORE;
        }
        return result;
    }

    /** Length of the latest result in bytes. */
    int compressedLength() {
        return compressedLength;
    }

    private byte[] deflate(Deflater deflater, byte[] bytes, int from, int length, byte[] room, int at) {
        deflater.reset();
        deflater.setInput(bytes, from, length);
        deflater.finish();
        byte[] result = room;
        int end = at;
        while (!deflater.finished()) {
            if (end == result.length) {
                result = Arrays.copyOf(result, 2 * end);
            }
            end += deflater.deflate(result, end, result.length - end);
        }
        compressedLength = end - at;
        return result;
    }

    @Override
    public void close() {
        shrinking.end();
        storing.end();
    }
}
