package io.pmemcheckj.memory;

/** Positive numbers by positions, which are not negative; for millions of them, so without an object for each. */
public final class LongMap {
    /** A position plus 1, or 0 where there is none, and its number, side by side. */
    private long[] table = new long[32];

    private int count;

    public int size() {
        return count;
    }

    /** The number of a position; 0 if it has none. */
    public long get(long position) {
        return table[slot(position + 1) + 1];
    }

    public void put(long position, long value) {
        int slot = slot(position + 1);
        if (table[slot] == 0) {
            if (4 * ++count > table.length) {
                grow();
                slot = slot(position + 1);
            }
            table[slot] = position + 1;
        }
        table[slot + 1] = value;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int slot = slot(old[i]);
                table[slot] = old[i];
                table[slot + 1] = old[i + 1];
            }
        }
    }

    /** @return the number that the position had; 0 for none */
    public long remove(long position) {
        int hole = slot(position + 1);
        long removed = table[hole + 1];
        if (table[hole] == 0) {
            return 0;
        }
        count--;
        // What follows moves up, unless that would put it in front of where a search for it begins.
        for (int i = next(hole); table[i] != 0; i = next(i)) {
            int home = home(table[i]);
            if (hole <= i ? home <= hole || home > i : home <= hole && home > i) {
                table[hole] = table[i];
                table[hole + 1] = table[i + 1];
                hole = i;
            }
        }
        table[hole] = 0;
        table[hole + 1] = 0;
        return removed;
    }

    private int slot(long key) {
        int slot = home(key);
        while (table[slot] != 0 && table[slot] != key) {
            slot = next(slot);
        }
        return slot;
    }

    private int next(int slot) {
        return slot + 2 & table.length - 1;
    }

    private int home(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 33) << 1 & table.length - 1;
    }
}
