package io.pmemcheckj.replay;

import io.pmemcheckj.trace.StoreKind;

/**
 * Stores waiting to be applied together. Random stores into a large file wait for memory once each; looked at together,
 * their waits overlap.
 */
final class StoreQueue {
    static final int CAPACITY = 32;
    private static final int WORDS = 4;

    /** A store's words side by side: address, size, thread | site, kind | count. */
    private final long[] words = new long[WORDS * CAPACITY];

    /** Room to work out the lines. */
    final long[] lines = new long[CAPACITY];

    int length;

    /** @return whether the queue is full */
    boolean add(int thread, int site, StoreKind kind, long address, long size, int count) {
        int at = WORDS * length;
        words[at] = address;
        words[at + 1] = size;
        words[at + 2] = (long) thread << 32 | site & 0xffffffffL;
        words[at + 3] = (long) kind.ordinal() << 32 | count;
        return ++length == CAPACITY;
    }

    long address(int i) {
        return words[WORDS * i];
    }

    long size(int i) {
        return words[WORDS * i + 1];
    }

    int thread(int i) {
        return (int) (words[WORDS * i + 2] >> 32);
    }

    int site(int i) {
        return (int) words[WORDS * i + 2];
    }

    StoreKind kind(int i) {
        return StoreKind.of((int) (words[WORDS * i + 3] >> 32));
    }

    int count(int i) {
        return (int) words[WORDS * i + 3];
    }
}
