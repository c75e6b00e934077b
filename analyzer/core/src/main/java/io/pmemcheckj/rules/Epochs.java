package io.pmemcheckj.rules;

import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.replay.ReplayListener;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.replay.Transaction;
import java.util.Arrays;

/**
 * Divides what each thread stores into epochs, which end where the thread makes something durable, and finds the stores
 * that look like commits: one small value that was made durable by itself. Such a value says that what was durable before
 * it is valid; rules that know no declaration go by it.
 */
final class Epochs implements ReplayListener {
    /** Hears of stores with the epoch that they belong to. */
    interface Follower {
        /** A store is about to be made; the epoch does not hold it yet. */
        void storing(StoreEvent store, Epoch epoch);

        /** The only store of the epoch is a small value and is durable now. */
        default void committed(int thread, Epoch epoch) {}
    }

    private final PersistentMemory memory;
    private final PerThread<Epoch> byThread = new PerThread<>(Epoch::new);
    private Follower[] followers = {};

    Epochs(PersistentMemory memory) {
        this.memory = memory;
    }

    void add(Follower follower) {
        followers = Arrays.copyOf(followers, followers.length + 1);
        followers[followers.length - 1] = follower;
    }

    Epoch of(int thread) {
        return byThread.of(thread);
    }

    @Override
    public void storing(StoreEvent store) {
        Epoch epoch = of(store.thread());
        for (Follower follower : followers) {
            follower.storing(store, epoch);
        }
        epoch.stored(store, memory);
    }

    @Override
    public void madeDurable(int thread) {
        Epoch epoch = of(thread);
        if (epoch.isOneValue() && memory.pendingBytes(epoch.segment, epoch.start, epoch.end) == 0) {
            for (Follower follower : followers) {
                follower.committed(thread, epoch);
            }
        }
        epoch.next();
    }

    /** What a transaction stored is durable with it. */
    @Override
    public void transactionEnded(Transaction transaction, int thread, int site) {
        of(thread).next();
    }
}
