package io.pmemcheckj.replay;

/** Hears of stores as parts of what their threads do, and only of some; see {@link Replayer#follow}. */
public interface StoreFollower {
    /**
     * A store is about to be made that {@link Attention} is drawn by.
     *
     * @param before what the thread stored before
     */
    void storing(StoreEvent store, RecentStores before);

    /** The thread makes something durable: an epoch of its stores ends now. */
    void epochEnds(int thread, RecentStores stores);
}
