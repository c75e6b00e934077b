package io.pmemcheckj.memory;

/**
 * Who stored: (site, thread, size of one store in bytes, stack) as a number. The stack is 0 for the many stores that were
 * made without a sample, so that a sampled stack is never shown for a store it does not belong to.
 */
public final class Owners {
    private static final int SIZE_BITS = 44;
    private static final int MAX_STACK = 1 << Long.SIZE - SIZE_BITS - 1;

    private final Interner known = new Interner();

    /**
     * The number of this owner, positive.
     *
     * @param ofSize bytes of one store
     * @param stack the stack with which the store was made, 0 when not known
     */
    public int intern(int ofSite, int ofThread, long ofSize, int stack) {
        long kept = stack < MAX_STACK ? stack : 0;
        return known.intern((long) ofSite << 32 | ofThread & 0xffffffffL, kept << SIZE_BITS | ofSize);
    }

    public int site(int owner) {
        return (int) (known.first(owner) >> 32);
    }

    public int thread(int owner) {
        return (int) known.first(owner);
    }

    /** Bytes of one store. */
    public long size(int owner) {
        return known.second(owner) & (1L << SIZE_BITS) - 1;
    }

    /** The stack with which the store was made, 0 when not known. */
    public int stack(int owner) {
        return (int) (known.second(owner) >>> SIZE_BITS);
    }
}
