package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreHistory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What each thread looked at last to decide what to do: loads of at most 8 bytes whose value reaches a branch of the program.
 * Such a value guards what the thread reads afterwards, if that was stored before it.
 */
final class Guards {
    private static final int KEPT = 8;
    private static final int LINE_SHIFT = 6;
    private static final int SECTOR_SHIFT = 9;

    /**
     * A load that decides.
     *
     * @param site where it was made
     * @param time when the value was stored
     */
    record Guard(Segment segment, long start, long end, int site, int time) {
        /** Who stored the value. */
        int owner(StoreHistory history) {
            int[] owner = new int[1];
            history.forEach(
                    segment,
                    start >> 6,
                    -1L << (start & 63),
                    (bytes, who, when, durable) -> owner[0] = when == time ? who : owner[0]);
            return owner[0];
        }
    }

    private final StoreHistory history;
    private final Map<Integer, Deque<Guard>> latest = new HashMap<>();

    Guards(StoreHistory history) {
        this.history = history;
    }

    /** A thread decides on what it loads. */
    void decides(int thread, int site, Segment segment, long start, long end) {
        if (end - start > Long.BYTES) {
            return;
        }
        int time = history.latestStore(segment, start, end);
        if (time == StoreHistory.NEVER) {
            return;
        }
        Deque<Guard> kept = latest.computeIfAbsent(thread, key -> new ArrayDeque<>());
        Guard guard = new Guard(segment, start, end, site, time);
        kept.remove(guard);
        kept.addFirst(guard);
        if (kept.size() > KEPT) {
            kept.removeLast();
        }
    }

    /**
     * The guard that a crash could have left without what it guards, or null.
     *
     * @param stored when what is read now was stored
     * @param persisted when that became persistent, {@link StoreHistory#NEVER} if it did not
     */
    Guard unordered(int thread, Segment segment, long line, int stored, int persisted) {
        if (segment.domain() == Domain.EADR) {
            return null;
        }
        // Nothing says that a sector of an ordinary file keeps its order, but a guess has to be a good one.
        int shift = segment.domain() == Domain.ADR ? LINE_SHIFT : SECTOR_SHIFT;
        for (Guard guard : latest.getOrDefault(thread, new ArrayDeque<>())) {
            boolean lineKeepsOrder = guard.segment == segment && guard.start >> shift == line << 6 >> shift;
            boolean late = persisted == StoreHistory.NEVER || persisted > guard.time;
            if (stored < guard.time && late && !lineKeepsOrder) {
                return guard;
            }
        }
        return null;
    }
}
