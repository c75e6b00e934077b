package io.pmemcheckj.memory;

import java.util.Arrays;

/** Who stored: (site, thread, size of one store in bytes) as a number, with the stack last sampled for it. */
public final class Owners {
    private final Interner known = new Interner();
    private int[] stack = new int[256];

    /** The number of this owner, positive. */
    public int intern(int ofSite, int ofThread, long ofSize) {
        return known.intern((long) ofSite << 32 | ofThread & 0xffffffffL, ofSize);
    }

    public int site(int owner) {
        return (int) (known.first(owner) >> 32);
    }

    public int thread(int owner) {
        return (int) known.first(owner);
    }

    /** Bytes of one store. */
    public long size(int owner) {
        return known.second(owner);
    }

    /** The stack last sampled, 0 for none. */
    public int stack(int owner) {
        return owner < stack.length ? stack[owner] : 0;
    }

    public void sampled(int owner, int stackId) {
        if (owner >= stack.length) {
            stack = Arrays.copyOf(stack, 2 * owner);
        }
        stack[owner] = stackId;
    }
}
