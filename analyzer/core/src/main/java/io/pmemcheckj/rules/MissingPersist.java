package io.pmemcheckj.rules;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.FlushEvent;
import io.pmemcheckj.replay.ReplayListener;
import java.util.HashMap;
import java.util.Map;

/** Says which of flush and fence is missing between a store and a moment, and between which lines it belongs. */
final class MissingPersist implements ReplayListener {
    /**
     * Why bytes are not persistent.
     *
     * @param owner who stored them
     * @param flushSite where they were flushed, 0 if they were not
     * @param flusher the thread that flushed them, -1 for none
     */
    record Cause(Segment segment, int owner, PendingState state, int flushSite, int flusher) {}

    private record Fence(int thread, int site, long time) {}

    private final FindingBook book;
    private final Map<Integer, Long> lastFlush = new HashMap<>();
    /** The last fence, and the last one of another thread than that. */
    private Fence last;

    private Fence lastOfAnother;
    private long time;

    MissingPersist(FindingBook book) {
        this.book = book;
    }

    @Override
    public void flushed(FlushEvent flush) {
        lastFlush.put(flush.thread(), ++time);
    }

    @Override
    public void fenced(int thread, int site, boolean explicit, boolean ordersNothing) {
        if (last != null && last.thread != thread) {
            lastOfAnother = last;
        }
        last = new Fence(thread, site, ++time);
    }

    /** Looks at the first of the pending bytes of a line. */
    Cause of(Segment segment, long line, long bytes) {
        Cause[] cause = new Cause[1];
        book.replayer()
                .memory()
                .forEachPending(segment, line << 6, (line + 1) << 6, (seg, at, mask, owner, state, flushSite) -> {
                    if ((mask & bytes) != 0 && cause[0] == null) {
                        int flusher = book.replayer().memory().flusher(segment, line, mask & bytes);
                        cause[0] = new Cause(segment, owner, state, flushSite, flusher);
                    }
                });
        return cause[0];
    }

    /** @param then the place of the store that had to wait */
    String advice(Cause cause, Location then) {
        String before = " and before " + line(then);
        String stored = line(book.stored(cause.owner).location());
        boolean pageCache = cause.segment.domain() == Domain.PAGE_CACHE;
        return switch (cause.state) {
            case DIRTY ->
                pageCache
                        ? "Call force() for it after " + stored + before
                                + "; none stands between, and pages reach the file in any" + " order."
                        : "Flush it and fence after " + stored + before + "; no flush stands between.";
            case FAILED ->
                "Flush it again and fence after "
                        + line(book.place(cause.flushSite).location()) + before + "; that flush failed.";
            case FLUSHED ->
                pageCache
                        ? "Wait until the force() at "
                                + line(book.place(cause.flushSite).location()) + " has returned before " + line(then)
                                + "."
                        : "Fence after the flush at "
                                + line(book.place(cause.flushSite).location()) + before
                                + otherThreadsFence(cause.flusher);
        };
    }

    /** Which fence the program may rely on in vain. */
    private String otherThreadsFence(int flusher) {
        Fence fence = last != null && last.thread == flusher ? lastOfAnother : last;
        String own = book.replayer().places().thread(flusher);
        return fence == null || fence.time < lastFlush.getOrDefault(flusher, Long.MAX_VALUE)
                ? "; only the fence is missing."
                : ", on the thread that flushed (" + own + "): the fence at "
                        + line(book.place(fence.site).location()) + " was made by "
                        + book.replayer().places().thread(fence.thread)
                        + " and waits for that thread's own flushes only.";
    }

    /** {@code Log.java:42}, or the whole place where the line is not known. */
    private static String line(Location location) {
        return location.file() != null && location.line() > 0
                ? location.file() + ":" + location.line()
                : location.toString();
    }
}
