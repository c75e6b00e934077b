package io.pmemcheckj.memory;

import java.util.Arrays;

/**
 * Who stored which bytes of a line. A line whose pending bytes all have one owner, as most have, needs nothing here: its
 * head is the owner's number, negated. For others the head is a block, which has room for {@link #OWNERS} of them and is as
 * long as a cache line, so that finding any of them costs one cache miss; more make a chain of blocks. Block 0 is the end of
 * a chain.
 *
 * <pre>
 *   8n..8n+3   masks of bytes, disjoint, 0 for a free place
 *   8n+4       owner of the second mask (high 32 bits) | owner of the first
 *   8n+5       owner of the fourth mask (high 32 bits) | owner of the third
 *   8n+6       next block
 * </pre>
 */
final class OwnerBlocks {
    static final int OWNERS = 4;
    private static final int WORDS = 8;
    private static final int OWNER = 4;
    private static final int NEXT = 6;
    private static final int MAXIMUM = Integer.MAX_VALUE / WORDS - 1;

    private long[] data = new long[WORDS * 256];
    private int free;
    private int used = 1;

    /** The bytes at one of the places of a block. */
    long mask(int block, int place) {
        return data[WORDS * block + place];
    }

    /** Who stored them; anything for a free place. */
    int owner(int block, int place) {
        return (int) (data[WORDS * block + OWNER + (place >> 1)] >>> ((place & 1) << 5));
    }

    /**
     * Where the owner of a byte stands.
     *
     * @param bit the byte, which is pending
     * @return {@link #OWNERS} times the block, plus the place in it
     */
    int find(int head, long bit) {
        for (int block = head; block != 0; block = next(block)) {
            for (int place = 0; place < OWNERS; place++) {
                if ((mask(block, place) & bit) != 0) {
                    return OWNERS * block + place;
                }
            }
        }
        throw new IllegalStateException("a pending byte without an owner");
    }

    int next(int block) {
        return (int) data[WORDS * block + NEXT];
    }

    private void set(int block, int place, long bytes, int who) {
        data[WORDS * block + place] = bytes;
        int word = WORDS * block + OWNER + (place >> 1);
        int shift = (place & 1) << 5;
        data[word] = data[word] & ~(0xffffffffL << shift) | (who & 0xffffffffL) << shift;
    }

    private int allocate(long bytes, int who, int rest) {
        int block = free;
        if (block != 0) {
            free = next(block);
        } else {
            block = used++;
            if (WORDS * block == data.length) {
                data = Arrays.copyOf(data, WORDS * larger(block));
            }
        }
        Arrays.fill(data, WORDS * block, WORDS * block + OWNERS, 0);
        set(block, 0, bytes, who);
        data[WORDS * block + NEXT] = rest;
        return block;
    }

    private static int larger(int blocks) {
        if (blocks >= MAXIMUM) {
            throw new IllegalStateException(
                    "more than " + MAXIMUM + " lines that several places stored to are not persistent at once");
        }
        return (int) Math.min(2L * blocks, MAXIMUM);
    }

    private void release(int head) {
        for (int block = head; block != 0; ) {
            int following = next(block);
            data[WORDS * block + NEXT] = free;
            free = block;
            block = following;
        }
    }

    /**
     * Takes bytes out of a line.
     *
     * @param pending all bytes of the line that are still pending, those taken out excluded
     * @return the new head
     */
    int strip(int head, long pending, long bytes) {
        if (pending == 0) {
            if (head > 0) {
                release(head);
            }
            return 0;
        }
        for (int block = Math.max(head, 0); block != 0; block = next(block)) {
            for (int at = WORDS * block; at < WORDS * block + OWNERS; at++) {
                data[at] &= ~bytes;
            }
        }
        return head;
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
        if ((pending & ~bytes) == 0) {
            strip(head, 0, pending);
            return -who;
        }
        return storeInBlocks(head < 0 ? allocate(pending, -head, 0) : head, bytes, who);
    }

    private int storeInBlocks(int head, long bytes, int who) {
        int room = 0;
        int place = 0;
        boolean found = false;
        for (int block = head; block != 0; block = next(block)) {
            for (int i = 0; i < OWNERS; i++) {
                long mask = mask(block, i);
                if (mask != 0 && owner(block, i) == who) {
                    if ((bytes & ~mask) == 0) {
                        return head; // masks are disjoint, so nobody else had any of these bytes
                    }
                    found = true;
                    room = block;
                    place = i;
                } else if ((mask & bytes) != 0) {
                    mask &= ~bytes;
                    data[WORDS * block + i] = mask;
                }
                if (mask == 0 && !found) {
                    room = block;
                    place = i;
                }
            }
        }
        if (room == 0) {
            return allocate(bytes, who, head);
        }
        set(room, place, found ? bytes | mask(room, place) : bytes, who);
        return head;
    }
}
