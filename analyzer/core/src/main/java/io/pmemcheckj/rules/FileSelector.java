package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.Segment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A range of every file whose path matches. */
final class FileSelector implements Selector {
    private final Predicate<String> path;
    private final long start;
    private final long end;
    private final Map<Integer, Boolean> known = new HashMap<>();

    FileSelector(Predicate<String> path, long start, long end) {
        this.path = path;
        this.start = start;
        this.end = end;
    }

    @Override
    public boolean touches(Segment segment, long from, long to, int site) {
        return from - segment.bias() < end
                && start < to - segment.bias()
                && known.computeIfAbsent(segment.id(), id -> path.test(segment.path()));
    }

    @Override
    public long match(Segment segment, long line, long mask, int site) {
        boolean meant = known.computeIfAbsent(segment.id(), id -> path.test(segment.path()));
        long last = end > Long.MAX_VALUE - segment.bias() ? end : end + segment.bias();
        return meant ? mask & ByteSet.maskOf(line, start + segment.bias(), last) : 0;
    }

    @Override
    public boolean storedBefore() {
        return false;
    }
}
