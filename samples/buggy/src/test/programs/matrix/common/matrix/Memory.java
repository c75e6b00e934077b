package matrix;

import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/** What a row stores into and what it stores. */
public final class Memory {
    /** No byte of a fresh region has these bits; the values below have them in every byte. */
    private static final int NEW_BITS = 0x81;

    /** The mapped file. */
    public final File file;
    public final FileChannel channel;
    /** All of the file. */
    public final MappedByteBuffer buffer;
    /** Address of the first byte of the mapping. */
    public final long address;

    /** Where this execution stores: offset in the file and index in the buffer. */
    public int at;
    /** The same as an address. */
    public long here;

    public final byte byteValue = (byte) NEW_BITS;
    public final short shortValue = (short) 0x8181;
    public final char charValue = 0x8181;
    public final int intValue = 0x81818181;
    public final long longValue = 0x8181818181818181L;
    public final float floatValue = Float.intBitsToFloat(intValue);
    public final double doubleValue = Double.longBitsToDouble(longValue);

    Memory(File file, FileChannel channel, MappedByteBuffer buffer, long address) {
        this.file = file;
        this.channel = channel;
        this.buffer = buffer;
        this.address = address;
    }

    void moveTo(int offset) {
        at = offset;
        here = address + offset;
    }

    /** The byte that stands in the file before any row ran: differs from the one eight bytes away, never 0. */
    static byte pattern(int offset) {
        return (byte) (2 | (offset >> 3 & 7) << 2);
    }

    /** True when no byte is one of those that {@link #pattern} gives. */
    static boolean isUnlikePattern(byte[] bytes) {
        for (byte each : bytes) {
            if ((each & 0xe3) == 2) {
                return false;
            }
        }
        return true;
    }

    /** An array of bytes that a fresh region has nowhere. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) NEW_BITS);
        return bytes;
    }
}
