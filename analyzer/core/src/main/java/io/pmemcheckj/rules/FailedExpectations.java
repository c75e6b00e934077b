package io.pmemcheckj.rules;

import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.ReplayListener;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Expectations of the program that turned out wrong, by the thread that stated them or did what they forbid, as sentences:
 * a test that waits for the answer fails with it.
 */
public final class FailedExpectations implements ReplayListener {
    private static final String ORDER = "unordered-store";
    /** Of threads that nobody asks for. */
    private static final int MOST = 64;

    /** Takes answers. */
    public interface Receiver {
        /** @return whether the thread waits for it */
        boolean answer(int thread, String text);
    }

    /** What does not hold of one expectation. */
    private final class Failure {
        private final Segment segment;
        private final long offset;
        private final int owner;
        private final PendingState state;
        private long bytes;

        Failure(Segment segment, long offset, int owner, PendingState state) {
            this.segment = segment;
            this.offset = offset;
            this.owner = owner;
            this.state = state;
        }

        @Override
        public String toString() {
            return "expectPersisted: " + FindingGroup.amount(bytes, "byte") + " of " + segment.path()
                    + " not persistent, the first at offset " + (offset - segment.bias()) + ", stored at "
                    + book.stored(owner).location() + " and "
                    + switch (state) {
                        case DIRTY -> "not flushed since";
                        case FLUSHED -> "flushed, but no fence followed";
                        case FAILED -> "not flushed again after a flush that failed";
                    };
        }
    }

    private final FindingBook book;
    private final Map<Integer, Object> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Object> eldest) {
            return size() > MOST;
        }
    };
    private int expecting;

    FailedExpectations(FindingBook book) {
        this.book = book;
    }

    @Override
    public void expecting(int thread) {
        expecting = thread;
        if (failures.get(thread) instanceof Failure) {
            failures.remove(thread); // nobody asked
        }
    }

    @Override
    public void notPersistent(
            Segment segment, long line, long mask, int owner, PendingState state, int flushSite, int expectedSite) {
        if (expectedSite != AT_END) {
            Object failure = failures.computeIfAbsent(
                    expecting,
                    key -> new Failure(segment, (line << 6) + Long.numberOfTrailingZeros(mask), owner, state));
            if (failure instanceof Failure persisted) {
                persisted.bytes += Long.bitCount(mask);
            }
        }
    }

    /** A finding occurred. */
    void occurred(Rule rule, FindingGroup group, int thread) {
        if (rule.id().equals(ORDER)) {
            failures.put(thread, group);
        }
    }

    /** Hands over what threads wait for. */
    public void answer(Receiver receiver) {
        Iterator<Map.Entry<Integer, Object>> entries = failures.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Integer, Object> entry = entries.next();
            if (receiver.answer(entry.getKey(), text(entry.getValue()))) {
                entries.remove();
            }
        }
    }

    private static String text(Object failure) {
        return failure instanceof FindingGroup group
                ? "expectOrdered: stored at " + group.place.location()
                        + " before what must be persistent first, stored at "
                        + group.related.get(0).place().location() + ", was persistent. " + group.rule.fix(group)
                : failure.toString();
    }
}
