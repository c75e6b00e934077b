package io.pmemcheckj.replay;

import java.util.Arrays;
import java.util.List;

/**
 * Who hears of the frequent events: only those who asked, as a rule that ignores an event costs as much as one that does
 * not.
 */
final class Watchers {
    private static final ReplayListener[] NOBODY = {};

    private ReplayListener[] ofStores = NOBODY;
    private ReplayListener[] ofFlushes = NOBODY;
    private ReplayListener[] ofFences = NOBODY;

    private static ReplayListener[] with(ReplayListener[] watchers, ReplayListener listener) {
        if (List.of(watchers).contains(listener)) {
            return watchers;
        }
        ReplayListener[] all = Arrays.copyOf(watchers, watchers.length + 1);
        all[watchers.length] = listener;
        return all;
    }

    void addOfStores(ReplayListener listener) {
        ofStores = with(ofStores, listener);
    }

    void addOfFlushes(ReplayListener listener) {
        ofFlushes = with(ofFlushes, listener);
    }

    void addOfFences(ReplayListener listener) {
        ofFences = with(ofFences, listener);
    }

    boolean hearStores() {
        return ofStores.length != 0;
    }

    boolean hearFlushes() {
        return ofFlushes.length != 0;
    }

    void storing(StoreEvent store) {
        for (ReplayListener watcher : ofStores) {
            watcher.storing(store);
        }
    }

    void flushed(FlushEvent flush) {
        for (ReplayListener watcher : ofFlushes) {
            watcher.flushed(flush);
        }
    }

    void fenced(int thread, int site, boolean explicit, boolean ordersNothing) {
        for (ReplayListener watcher : ofFences) {
            watcher.fenced(thread, site, explicit, ordersNothing);
        }
    }
}
