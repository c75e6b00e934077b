package io.pmemcheckj.memory;

import java.util.Arrays;

/** Lists of (bytes of a line, the batch that flushed them, where) in arrays; node 0 is the end of a list. */
final class FlushNodes {
    long[] mask = new long[1024];
    int[] batch = new int[1024];
    int[] site = new int[1024];
    int[] next = new int[1024];
    private int free;
    private int used = 1;

    int allocate(long bytes, int flushBatch, int flushSite, int rest) {
        int node = free;
        if (node != 0) {
            free = next[node];
        } else {
            node = used++;
            if (node == mask.length) {
                mask = Arrays.copyOf(mask, node * 2);
                batch = Arrays.copyOf(batch, node * 2);
                site = Arrays.copyOf(site, node * 2);
                next = Arrays.copyOf(next, node * 2);
            }
        }
        mask[node] = bytes;
        batch[node] = flushBatch;
        site[node] = flushSite;
        next[node] = rest;
        return node;
    }

    void release(int node) {
        next[node] = free;
        free = node;
    }
}
