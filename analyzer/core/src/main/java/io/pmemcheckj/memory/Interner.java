package io.pmemcheckj.memory;

import java.util.Arrays;

/** Gives pairs of numbers a small number of their own, from 1; found again without allocating. */
final class Interner {
    /** Two longs a pair, side by side: comparing them costs one cache miss. */
    private long[] pairs = new long[512];

    private int[] table = new int[512];
    private int count = 1;

    /** The number of this pair. */
    int intern(long first, long second) {
        int mask = table.length - 1;
        int slot = hash(first, second) & mask;
        for (int id = table[slot]; id != 0; id = table[slot]) {
            if (pairs[2 * id] == first && pairs[2 * id + 1] == second) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return add(first, second);
    }

    private int add(long first, long second) {
        if (2 * count == pairs.length) {
            pairs = Arrays.copyOf(pairs, 4 * count);
            table = new int[4 * count];
            for (int id = 1; id < count; id++) {
                place(id);
            }
        }
        pairs[2 * count] = first;
        pairs[2 * count + 1] = second;
        place(count);
        return count++;
    }

    private void place(int id) {
        int slot = hash(pairs[2 * id], pairs[2 * id + 1]) & (table.length - 1);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = id;
    }

    private static int hash(long first, long second) {
        long mixed = (first + second * 0x85EBCA6BL) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 47);
    }

    long first(int id) {
        return pairs[2 * id];
    }

    long second(int id) {
        return pairs[2 * id + 1];
    }
}
