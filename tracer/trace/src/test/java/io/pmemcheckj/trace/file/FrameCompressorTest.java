package io.pmemcheckj.trace.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameCompressorTest {
    private static final int LENGTH = 64 * 1024;
    private static final byte[] REPETITIVE = new byte[LENGTH];
    private static final byte[] NOISE = new byte[LENGTH];

    static {
        new Random(1).nextBytes(NOISE);
    }

    private final FrameCompressor compressor = new FrameCompressor();

    @AfterEach
    void close() {
        compressor.close();
    }

    @Test
    void leavesTheStartOfTheRoomAloneAndGrowsIt() throws DataFormatException {
        byte[] room = new byte[100];
        Arrays.fill(room, (byte) 7);

        byte[] result = compressor.compress(NOISE, 1000, 5000, room, 20);

        assertArrayEquals(Arrays.copyOf(room, 20), Arrays.copyOf(result, 20));
        assertArrayEquals(Arrays.copyOfRange(NOISE, 1000, 6000), inflate(result, 20, 5000));
    }

    @Test
    void storesForAWhileAfterNoise() throws DataFormatException {
        assertTrue(lengthOf(REPETITIVE, LENGTH) < LENGTH / 100);
        lengthOf(NOISE, LENGTH);

        for (int frame = 0; frame < 15; frame++) {
            assertTrue(lengthOf(REPETITIVE, LENGTH) > LENGTH, "frame " + frame + " after noise is stored");
        }
        assertTrue(lengthOf(REPETITIVE, LENGTH) < LENGTH / 100);
    }

    @Test
    void smallFramesDecideNothing() throws DataFormatException {
        lengthOf(NOISE, 100);

        assertTrue(lengthOf(REPETITIVE, LENGTH) < LENGTH / 100);
    }

    private int lengthOf(byte[] bytes, int length) throws DataFormatException {
        byte[] result = compressor.compress(bytes, 0, length, new byte[16], 0);
        assertArrayEquals(Arrays.copyOf(bytes, length), inflate(result, 0, length));
        return compressor.compressedLength();
    }

    private byte[] inflate(byte[] bytes, int from, int length) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(bytes, from, compressor.compressedLength());
        byte[] raw = new byte[length];
        assertEquals(length, inflater.inflate(raw));
        inflater.end();
        return raw;
    }
}
