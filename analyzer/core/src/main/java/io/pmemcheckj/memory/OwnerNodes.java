package io.pmemcheckj.memory;

import java.util.Arrays;

/** Lists of (bytes of a line, who stored them) in arrays; node 0 is the end of a list. Masks of one list are disjoint. */
final class OwnerNodes {
    long[] mask = new long[1024];
    int[] owner = new int[1024];
    int[] next = new int[1024];
    private int free;
    private int used = 1;

    int allocate(long bytes, int who, int rest) {
        int node = free;
        if (node != 0) {
            free = next[node];
        } else {
            node = used++;
            if (node == mask.length) {
                mask = Arrays.copyOf(mask, node * 2);
                owner = Arrays.copyOf(owner, node * 2);
                next = Arrays.copyOf(next, node * 2);
            }
        }
        mask[node] = bytes;
        owner[node] = who;
        next[node] = rest;
        return node;
    }

    void release(int node) {
        next[node] = free;
        free = node;
    }

    /** Takes bytes out of every node of a list and frees nodes left empty. @return the new head */
    int strip(int head, long bytes) {
        int result = head;
        int previous = 0;
        for (int node = head; node != 0; ) {
            int following = next[node];
            mask[node] &= ~bytes;
            if (mask[node] == 0) {
                if (previous == 0) {
                    result = following;
                } else {
                    next[previous] = following;
                }
                release(node);
            } else {
                previous = node;
            }
            node = following;
        }
        return result;
    }

    /** Puts bytes under a new owner. @return the new head */
    int store(int head, long bytes, int who) {
        if (head == 0) {
            return allocate(bytes, who, 0);
        }
        if (next[head] == 0) {
            if (owner[head] == who) {
                mask[head] |= bytes;
                return head;
            }
            if ((mask[head] & ~bytes) == 0) {
                mask[head] = bytes;
                owner[head] = who;
                return head;
            }
        }
        int rest = strip(head, bytes);
        for (int node = rest; node != 0; node = next[node]) {
            if (owner[node] == who) {
                mask[node] |= bytes;
                return rest;
            }
        }
        return allocate(bytes, who, rest);
    }
}
