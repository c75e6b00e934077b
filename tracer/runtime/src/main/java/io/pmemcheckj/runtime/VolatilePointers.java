package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.util.Arrays;
import jdk.internal.vm.annotation.ForceInline;

/** Stores of addresses that mean nothing to the next process: of volatile memory, in a segment. */
final class VolatilePointers {
    /**
     * Where Linux on x86-64 puts the heap of the C library (executables that are position-independent lie from 0x55...
     * on), and up to the end of user space libraries, stacks and what is mapped. Numbers that programs store are hardly
     * ever in there by chance: counts, offsets and times in milliseconds or microseconds are smaller, while times in
     * nanoseconds since 1970, hashes and random numbers are larger. The Java heap is below on purpose: its addresses can
     * only be had from the VM's own internals.
     */
    private static final int LOWEST_TOP = 0x55;

    private static final int HIGHEST_TOP = 0x7f;
    private static final int BELOW_TOP = 40; // bits
    private static final long ABOVE_TOP = 0xffff;

    /** What is pointed to is aligned. */
    private static final int ALIGNMENT = 8;

    /** Nothing that a program points to begins there, but offsets in big-endian order are such addresses. */
    private static final int TOO_ROUND = 1 << 24;

    /** More of one place say nothing new. */
    private static final int MOST_OF_A_SITE = 1000;

    /** By site; a count that is lost to a race only means one event more. */
    private static short[] told = new short[1024];

    private VolatilePointers() {}

    /**
     * False for nearly every value that is no address. ByteBuffers store in big-endian order unless told otherwise. Behind
     * every store of a long, so there is no number of 64 bits in it, and no reversal.
     */
    @ForceInline
    static boolean mayBe(long value) {
        return isTop((int) (value >>> BELOW_TOP)) || (value & ABOVE_TOP) == 0 && isTop((int) value >>> 16 & 0xff);
    }

    /** Whether an address can begin like this. */
    @ForceInline
    private static boolean isTop(int bits) {
        return bits >= LOWEST_TOP && bits <= HIGHEST_TOP;
    }

    /** A store was recorded, if it was to a segment, of a value that {@link #mayBe} an address. */
    static void stored(long address, long value) {
        try {
            long reversed = Long.reverseBytes(value);
            if (isAddress(value)) {
                pointerStored(address, value);
            } else if (isAddress(reversed)) {
                pointerStored(address, reversed);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static boolean isAddress(long value) {
        return isTop((int) (value >>> BELOW_TOP)) && (value & ALIGNMENT - 1) == 0 && (value & TOO_ROUND - 1) != 0;
    }

    private static void pointerStored(long address, long pointer) {
        long[] segments = Tracked.ranges;
        if (Tracked.indexOf(segments, address) < 0
                || Tracked.indexOf(segments, pointer) >= 0
                || isTold(Recorders.current().site)
                || !VolatileMemory.holds(pointer)) {
            return;
        }
        Recorder recorder = Recorders.current();
        if (recorder.isStoringVector()) {
            return; // its lanes are no stores of their own
        }
        int site = recorder.currentSite();
        if (!isTold(site)) {
            count(site);
            recorder.event(RecordLayout.VOLATILE_POINTER, null, site, address, pointer);
        }
    }

    private static boolean isTold(int site) {
        short[] counts = told;
        return site < counts.length && counts[site] >= MOST_OF_A_SITE;
    }

    private static void count(int site) {
        short[] counts = told;
        if (site >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(site + 1, 2 * counts.length));
            told = counts;
        }
        counts[site]++;
    }
}
