package io.pmemcheckj.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import jdk.internal.misc.Unsafe;

/**
 * Memory at addresses that a model computed. One that is wrong must not crash the program, so a page is read through the kernel
 * before the first direct look at it.
 */
final class ReadableMemory {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long PAGE = U.pageSize();
    private static final int REMEMBERED = 1024;
    private static final int LONGEST_STRING = 1 << 20;

    /** Pages found readable, by a hash; one that is unmapped later is taken for readable still. */
    private static final long[] READABLE = new long[REMEMBERED];

    private static RandomAccessFile memory;

    private ReadableMemory() {}

    static long longAt(long address) {
        require(address, Long.BYTES);
        return U.getLongUnaligned(null, address);
    }

    static int intAt(long address) {
        require(address, Integer.BYTES);
        return U.getIntUnaligned(null, address);
    }

    /** Bytes of the C string at an address, without its zero. */
    static int stringLength(long address) {
        for (int length = 0; length < LONGEST_STRING; length++) {
            if (length == 0 || (address + length & PAGE - 1) == 0) {
                require(address + length, 1);
            }
            if (U.getByte(address + length) == 0) {
                return length;
            }
        }
        throw new Operand.MissingException("there is no C string at 0x" + Long.toHexString(address));
    }

    private static void require(long address, int length) {
        requirePage(address, address);
        requirePage(address, address + length - 1);
    }

    private static void requirePage(long address, long at) {
        long page = at & -PAGE;
        int slot = (int) (page / PAGE) & REMEMBERED - 1;
        if (READABLE[slot] != page || page == 0) {
            if (!isReadable(at)) {
                throw new Operand.MissingException(
                        "0x" + Long.toHexString(address) + " is no address that can be read");
            }
            READABLE[slot] = page;
        }
    }

    private static synchronized boolean isReadable(long address) {
        if (address <= 0) {
            return false;
        }
        try {
            if (memory == null) {
                memory = new RandomAccessFile("/proc/self/mem", "r");
            }
            memory.seek(address);
            return memory.read() >= 0;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }
}
