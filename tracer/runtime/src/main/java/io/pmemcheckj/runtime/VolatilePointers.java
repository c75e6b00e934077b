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
    private static final long LOWEST = 0x5500_0000_0000L;

    private static final long SPAN = 0x8000_0000_0000L - LOWEST;
    /** What is pointed to is aligned. */
    private static final int ALIGNMENT = 8;

    /** Nothing that a program points to begins there, but offsets in big-endian order are such addresses. */
    private static final int TOO_ROUND = 1 << 24;

    /** More of one place say nothing new. */
    private static final int MOST_OF_A_SITE = 1000;

    /** By site; a count that is lost to a race only means one event more. */
    private static short[] told = new short[1024];

    private VolatilePointers() {}

    /** False for nearly every value that is no address. ByteBuffers store in big-endian order unless told otherwise. */
    @ForceInline
    static boolean mayBe(long value) {
        return isAddress(value) || isAddress(Long.reverseBytes(value));
    }

    @ForceInline
    private static boolean isAddress(long value) {
        return Long.compareUnsigned(value - LOWEST, SPAN) < 0 && (value & ALIGNMENT - 1) == 0;
    }

    /** A store was recorded, if it was to a segment, of a value that {@link #mayBe} an address. */
    static void stored(long address, long value) {
        try {
            if (Tracked.indexOf(Tracked.ranges, address) >= 0 && !isTold(Recorders.current().site)) {
                long reversed = Long.reverseBytes(value);
                if (isVolatile(value)) {
                    tell(address, value);
                } else if (isVolatile(reversed)) {
                    tell(address, reversed);
                }
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static boolean isVolatile(long pointer) {
        return isAddress(pointer)
                && (pointer & TOO_ROUND - 1) != 0
                && Tracked.indexOf(Tracked.ranges, pointer) < 0
                && VolatileMemory.holds(pointer);
    }

    private static void tell(long address, long pointer) {
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
