package io.pmemcheckj.memory;

import java.util.Arrays;

/** Who stored: (site, thread, size of one store in bytes) as a number, with the stack last sampled for it. */
public final class Owners {
    private int[] site = new int[256];
    private int[] thread = new int[256];
    private long[] size = new long[256];
    private int[] stack = new int[256];
    private int[] table = new int[512];
    private int count = 1;
    private int last;

    /** The number of this owner, positive. */
    public int intern(int ofSite, int ofThread, long ofSize) {
        int owner = last;
        if (site[owner] == ofSite && thread[owner] == ofThread && size[owner] == ofSize && owner != 0) {
            return owner;
        }
        owner = find(ofSite, ofThread, ofSize);
        last = owner;
        return owner;
    }

    private int find(int ofSite, int ofThread, long ofSize) {
        int slot = hash(ofSite, ofThread, ofSize) & (table.length - 1);
        while (table[slot] != 0) {
            int owner = table[slot];
            if (site[owner] == ofSite && thread[owner] == ofThread && size[owner] == ofSize) {
                return owner;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        if (count == site.length) {
            grow();
            return find(ofSite, ofThread, ofSize);
        }
        int owner = count++;
        site[owner] = ofSite;
        thread[owner] = ofThread;
        size[owner] = ofSize;
        table[slot] = owner;
        return owner;
    }

    private void grow() {
        int capacity = count * 2;
        site = Arrays.copyOf(site, capacity);
        thread = Arrays.copyOf(thread, capacity);
        size = Arrays.copyOf(size, capacity);
        stack = Arrays.copyOf(stack, capacity);
        table = new int[capacity * 2];
        for (int owner = 1; owner < count; owner++) {
            int slot = hash(site[owner], thread[owner], size[owner]) & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = owner;
        }
    }

    private static int hash(int ofSite, int ofThread, long ofSize) {
        int mixed = (ofSite * 31 + ofThread) * 0x9E3779B9 + Long.hashCode(ofSize) * 0x85EBCA6B;
        return mixed ^ mixed >>> 15;
    }

    public int site(int owner) {
        return site[owner];
    }

    public int thread(int owner) {
        return thread[owner];
    }

    /** Bytes of one store. */
    public long size(int owner) {
        return size[owner];
    }

    /** The stack last sampled, 0 for none. */
    public int stack(int owner) {
        return stack[owner];
    }

    public void sampled(int owner, int stackId) {
        stack[owner] = stackId;
    }
}
