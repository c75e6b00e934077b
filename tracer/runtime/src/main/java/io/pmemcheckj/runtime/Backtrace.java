package io.pmemcheckj.runtime;

import java.util.Arrays;
import jdk.internal.misc.Unsafe;

/**
 * Where a throwable was made, as the VM notes it: by far cheaper to compare with what was seen before than to turn into
 * frames, which most of the time of a look at the stack goes into. Classes stand here by their identity hash, so that none
 * is kept from being unloaded.
 */
final class Backtrace {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long FIELD = U.objectFieldOffset(Throwable.class, "backtrace");
    private static final int FIRST_LENGTH = 256;

    private final int site;
    private int[] words = new int[FIRST_LENGTH];
    private int length;
    private int hash;

    private Backtrace(int site) {
        this.site = site;
    }

    /**
     * The backtrace of the current thread.
     *
     * @param site what else makes a difference
     * @return null where the VM notes it in another way
     */
    static Backtrace current(int site) {
        Object noted = U.getReference(new Throwable(), FIELD);
        if (!(noted instanceof Object[])) {
            return null;
        }
        Backtrace backtrace = new Backtrace(site);
        backtrace.add((Object[]) noted);
        int hash = site;
        for (int i = 0; i < backtrace.length; i++) {
            hash = 31 * hash + backtrace.words[i];
        }
        backtrace.hash = hash;
        return backtrace;
    }

    /** Arrays of numbers for methods and places in them, one of classes, and the same again for frames further out. */
    private void add(Object[] part) {
        for (Object element : part) {
            if (element instanceof short[]) {
                for (short value : (short[]) element) {
                    add(value);
                }
            } else if (element instanceof int[]) {
                for (int value : (int[]) element) {
                    add(value);
                }
            } else if (element instanceof long[]) {
                for (long value : (long[]) element) {
                    add((int) value);
                    add((int) (value >>> Integer.SIZE));
                }
            } else if (element instanceof Object[]) {
                add((Object[]) element);
            } else {
                add(System.identityHashCode(element));
            }
        }
    }

    private void add(int word) {
        if (length == words.length) {
            words = Arrays.copyOf(words, 2 * length);
        }
        words[length++] = word;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Backtrace that
                && hash == that.hash
                && site == that.site
                && Arrays.equals(words, 0, length, that.words, 0, that.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
