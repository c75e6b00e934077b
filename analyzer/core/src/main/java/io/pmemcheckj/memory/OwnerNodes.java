package io.pmemcheckj.memory;

import java.util.Arrays;

/**
 * Lists of (bytes of a line, who stored them); node 0 is the end of a list. Masks of one list are disjoint. A node is two
 * neighbouring longs, so that reading one costs one cache miss:
 *
 * <pre>
 *   2n    mask of bytes
 *   2n+1  owner (high 32 bits) | next node (low 32 bits)
 * </pre>
 *
 * A line whose pending bytes all have one owner, as most have, needs no node: its head is the owner's number, negated.
 */
final class OwnerNodes {
    private static final int MAXIMUM = 1 << 29;

    private long[] data = new long[2048];
    private int free;
    private int used = 1;

    long mask(int node) {
        return data[2 * node];
    }

    int owner(int node) {
        return (int) (data[2 * node + 1] >>> 32);
    }

    int next(int node) {
        return (int) data[2 * node + 1];
    }

    private void set(int node, long bytes, int who, int rest) {
        data[2 * node] = bytes;
        data[2 * node + 1] = (long) who << 32 | rest;
    }

    private int allocate(long bytes, int who, int rest) {
        int node = free;
        if (node != 0) {
            free = next(node);
        } else {
            node = used++;
            if (2 * node == data.length) {
                if (node >= MAXIMUM) {
                    throw new IllegalStateException("more than " + MAXIMUM + " lines are not persistent at once");
                }
                data = Arrays.copyOf(data, node * 4);
            }
        }
        set(node, bytes, who, rest);
        return node;
    }

    private void release(int node) {
        data[2 * node + 1] = free;
        free = node;
    }

    /**
     * Takes bytes out of a list.
     *
     * @param pending all bytes of the line that are still pending, those taken out excluded
     * @return the new head
     */
    int strip(int head, long pending, long bytes) {
        if (head < 0) {
            return pending == 0 ? 0 : head;
        }
        return stripNodes(head, bytes);
    }

    private int stripNodes(int head, long bytes) {
        int result = head;
        int previous = 0;
        for (int node = head; node != 0; ) {
            int following = next(node);
            long rest = data[2 * node] & ~bytes;
            data[2 * node] = rest;
            if (rest == 0) {
                if (previous == 0) {
                    result = following;
                } else {
                    set(previous, mask(previous), owner(previous), following);
                }
                release(node);
            } else {
                previous = node;
            }
            node = following;
        }
        return result;
    }

    /**
     * Puts bytes under a new owner.
     *
     * @param pending all bytes of the line that were pending before
     * @return the new head
     */
    int store(int head, long pending, long bytes, int who) {
        if (head == -who) {
            return head;
        }
        if (head <= 0 && (pending & ~bytes) == 0) {
            return -who;
        }
        return storeInList(head < 0 ? allocate(pending, -head, 0) : head, bytes, who);
    }

    private int storeInList(int head, long bytes, int who) {
        int rest = stripNodes(head, bytes);
        if (rest == 0) {
            return -who;
        }
        for (int node = rest; node != 0; node = next(node)) {
            if (owner(node) == who) {
                data[2 * node] |= bytes;
                return rest;
            }
        }
        return allocate(bytes, who, rest);
    }
}
