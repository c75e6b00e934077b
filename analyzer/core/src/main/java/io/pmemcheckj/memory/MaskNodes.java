package io.pmemcheckj.memory;

import java.util.Arrays;

/**
 * Lists of (bytes of a line, a number); node 0 is the end of a list. A node is two neighbouring longs, so that reading one
 * costs one cache miss:
 *
 * <pre>
 *   2n    mask of bytes
 *   2n+1  the number (high 32 bits) | next node (low 32 bits)
 * </pre>
 */
final class MaskNodes {
    private static final int MAXIMUM = 1 << 29;

    private long[] data = new long[2048];
    private int free;
    private int used = 1;

    long mask(int node) {
        return data[2 * node];
    }

    void setMask(int node, long bytes) {
        data[2 * node] = bytes;
    }

    int value(int node) {
        return (int) (data[2 * node + 1] >>> 32);
    }

    int next(int node) {
        return (int) data[2 * node + 1];
    }

    int allocate(long bytes, int value, int rest) {
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
        data[2 * node] = bytes;
        data[2 * node + 1] = (long) value << 32 | rest;
        return node;
    }

    /**
     * Takes a node out of its list and frees it.
     *
     * @param previous the node before it, 0 when it is the first
     * @return the head of the list afterwards
     */
    int unlink(int head, int previous, int node) {
        int following = next(node);
        if (previous != 0) {
            data[2 * previous + 1] = data[2 * previous + 1] & ~0xffffffffL | following;
        }
        data[2 * node + 1] = free;
        free = node;
        return previous == 0 ? following : head;
    }
}
