package io.pmemcheckj.replay;

import io.pmemcheckj.memory.ByteMap;
import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;

/**
 * For each byte who stored it last, when, and when that became persistent. The time counts the stores and the events that
 * made something persistent; it stands still after two billion.
 */
public final class StoreHistory implements ReplayListener {
    /** Instead of a time: never. */
    public static final int NEVER = -1;

    private final ByteMap storeTimes = new ByteMap();
    private final ByteMap storeOwners = new ByteMap();
    private final ByteMap persistTimes = new ByteMap();
    private long latestEvent = -1;
    private int now;

    /** Bytes of a line with one history. */
    public interface Visitor {
        /** @param persisted when they became persistent, {@link #NEVER} when they are not */
        void visit(long mask, int owner, int stored, int persisted);
    }

    /** Begins to listen. */
    public void follow(Replayer replayer) {
        replayer.watchStores(this);
        replayer.watchPersists(this);
    }

    /** The time. */
    public int now() {
        return now;
    }

    private void tick() {
        if (now < Integer.MAX_VALUE - 1) {
            now++;
        }
    }

    @Override
    public void storing(StoreEvent store) {
        tick();
        int segment = store.segment().id();
        storeTimes.put(segment, store.start(), store.end(), now);
        storeOwners.put(segment, store.start(), store.end(), store.owner());
        persistTimes.remove(segment, store.start(), store.end());
    }

    @Override
    public void persisted(int thread, int site, long event, Segment segment, long line, long mask) {
        if (event != latestEvent) {
            latestEvent = event;
            tick();
        }
        persistTimes.putMask(segment.id(), line, mask, now);
    }

    /** Visits the bytes of a line among the mask that were stored. */
    public void forEach(Segment segment, long line, long mask, Visitor visitor) {
        int id = segment.id();
        storeTimes.forEach(
                id,
                line,
                mask,
                (stored, bytes) -> storeOwners.forEach(id, line, bytes, (owner, own) -> {
                    long[] rest = {own};
                    persistTimes.forEach(id, line, own, (persisted, done) -> {
                        rest[0] &= ~done;
                        visitor.visit(done, owner, stored, persisted);
                    });
                    if (rest[0] != 0) {
                        visitor.visit(rest[0], owner, stored, NEVER);
                    }
                }));
    }

    /** When the latest store to [start, end) was made, {@link #NEVER} if there was none. */
    public int latestStore(Segment segment, long start, long end) {
        int[] latest = {NEVER};
        for (long line = start >> 6; line << 6 < end; line++) {
            storeTimes.forEach(
                    segment.id(),
                    line,
                    ByteSet.maskOf(line, start, end),
                    (time, bytes) -> latest[0] = Math.max(latest[0], time));
        }
        return latest[0];
    }
}
