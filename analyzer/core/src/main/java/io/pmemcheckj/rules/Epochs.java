package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Attention;
import io.pmemcheckj.replay.RecentStores;
import io.pmemcheckj.replay.Replayer;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.replay.StoreFollower;
import java.util.Arrays;

/**
 * Finds, in what each thread stores from one durability point to the next, the stores that look like commits: one small
 * value that was made durable by itself. Such a value says that what was durable before it is valid; rules that know no
 * declaration go by it.
 */
final class Epochs implements StoreFollower {
    /** Bytes that the hardware writes as one. */
    static final int UNIT = 8;

    private final PersistentMemory memory;
    private final Attention attention;
    private Follower[] followers = {};

    /** Hears of stores with what their thread stored before. */
    interface Follower {
        /** A store is about to be made that the attention is drawn by. */
        void storing(StoreEvent store, RecentStores before);

        /** One value was made durable by itself. */
        void committed(Value value);

        /** A thread made something durable; the number of the epoch that ends. */
        default void epochEnded(int thread, long epoch) {}
    }

    /** A small store that was alone in its epoch. @param inPlace whether it replaced what was durable */
    record Value(int thread, long epoch, int owner, Segment segment, long start, long end, boolean inPlace) {
        /** Whether a crash leaves the old or the new value. */
        boolean isWhole() {
            return end - start <= UNIT && !tears(segment.domain(), start, end);
        }
    }

    Epochs(Replayer replayer) {
        memory = replayer.memory();
        attention = replayer.follow(this);
    }

    void add(Follower follower) {
        followers = Arrays.copyOf(followers, followers.length + 1);
        followers[followers.length - 1] = follower;
    }

    Attention attention() {
        return attention;
    }

    @Override
    public void storing(StoreEvent store, RecentStores before) {
        for (Follower follower : followers) {
            follower.storing(store, before);
        }
    }

    @Override
    public void epochEnds(int thread, RecentStores stores) {
        if (stores.next() == stores.epochFirst() + 1) {
            announceValue(thread, stores, stores.epochFirst());
        }
        for (Follower follower : followers) {
            follower.epochEnded(thread, stores.epoch());
        }
    }

    private void announceValue(int thread, RecentStores stores, long only) {
        int owner = stores.owner(only);
        Segment segment = stores.segment(only);
        long start = stores.start(only);
        long end = stores.end(only);
        if (end - start <= RecentStores.LARGEST_VALUE
                && end - start == memory.owners().size(owner)
                && memory.pendingBytes(segment, start, end) == 0) {
            Value value = new Value(thread, stores.epoch(), owner, segment, start, end, stores.isFirstInPlace());
            for (Follower follower : followers) {
                follower.committed(value);
            }
        }
    }

    /** Whether a store of this size, made now, is the first of its epoch and follows a group: of more, or larger, stores. */
    static boolean canCommit(RecentStores before, long size) {
        return before.isEpochEmpty() && before.bytesBefore() > (size > UNIT ? RecentStores.LARGEST_VALUE : UNIT);
    }

    /** Whether a crash can keep a part of what one store put into [start, end). */
    static boolean tears(Domain domain, long start, long end) {
        return start / unit(domain) != (end - 1) / unit(domain);
    }

    /** Bytes that a crash leaves wholly old or wholly new: what the processor, or a disk, writes at once. */
    static long unit(Domain domain) {
        return domain == Domain.PAGE_CACHE ? 512 : UNIT;
    }
}
