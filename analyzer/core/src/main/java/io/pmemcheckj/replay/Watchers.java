package io.pmemcheckj.replay;

import io.pmemcheckj.memory.Segment;
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
    private ReplayListener[] ofLoads = NOBODY;
    private ReplayListener[] ofPersists = NOBODY;

    // Who makes persistent what becomes so.
    private int thread;
    private int site;
    private long event;

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

    void addOfLoads(ReplayListener listener) {
        ofLoads = with(ofLoads, listener);
    }

    void addOfPersists(ReplayListener listener) {
        ofPersists = with(ofPersists, listener);
    }

    boolean hearLoads() {
        return ofLoads.length != 0;
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

    void loaded(int loader, int at, Segment segment, long start, long end) {
        for (ReplayListener watcher : ofLoads) {
            watcher.loaded(loader, at, segment, start, end);
        }
    }

    void released(int by, long object) {
        for (ReplayListener watcher : ofLoads) {
            watcher.released(by, object);
        }
    }

    void acquired(int by, long object) {
        for (ReplayListener watcher : ofLoads) {
            watcher.acquired(by, object);
        }
    }

    /** What becomes persistent next is the deed of this event. */
    void acts(int actor, int at) {
        thread = actor;
        site = at;
        event++;
    }

    void persisted(Segment segment, long line, long mask) {
        for (ReplayListener watcher : ofPersists) {
            watcher.persisted(thread, site, event, segment, line, mask);
        }
    }
}
