package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.replay.FlushEvent;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A flush line by line over a range of which little was dirty. Fires from {@link #MINIMUM_LINES} lines on, when more than
 * {@link #FACTOR} lines are covered for each dirty one. A force of an ordinary file writes only dirty pages and is left alone.
 */
final class OversizedFlush extends Rule {
    static final long MINIMUM_LINES = 8;
    static final long FACTOR = 4;
    private static final int LINE = 64;

    /** Covered and dirty lines of the worst occurrence. */
    private final Map<FindingGroup, long[]> worst = new IdentityHashMap<>();

    OversizedFlush(FindingBook book) {
        super("oversized-flush", book);
        book.replayer().watchFlushes(this);
    }

    @Override
    public void flushed(FlushEvent flush) {
        Domain domain = flush.segment().domain();
        boolean byLines = domain == Domain.ADR || domain == Domain.PAGE_CACHE && flush.kind() == FlushEvent.Kind.LINES;
        if (byLines
                && flush.dirtyLines() > 0
                && flush.coveredLines() >= MINIMUM_LINES
                && flush.coveredLines() > FACTOR * flush.dirtyLines()) {
            FindingGroup group = book.group(this, flush.thread(), place(flush.site()));
            group.count(1);
            group.addBytes(flush.segment(), flush.start(), flush.start() + flush.length());
            worst.merge(group, new long[] {flush.coveredLines(), flush.dirtyLines()}, OversizedFlush::worse);
        }
    }

    private static long[] worse(long[] a, long[] b) {
        return a[0] * b[1] >= b[0] * a[1] ? a : b;
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return historyOfFlush(group);
    }

    @Override
    String message(FindingGroup group) {
        long[] lines = worst.get(group);
        return "This flush writes back " + FindingGroup.amount(lines[0], "line") + " of " + LINE + " bytes of "
                + group.segment.path() + ", of which " + lines[1] + " " + (lines[1] == 1 ? "was" : "were") + " dirty.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Flush only what was stored: force(index, length) with the range of the stores.";
    }
}
