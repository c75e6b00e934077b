package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.replay.FlushEvent;
import java.util.List;

/**
 * A flush that found nothing to do: its range was clean, or this thread had flushed it already. Bytes that only another
 * thread flushed do not make it redundant, because that thread's fence may never come.
 */
final class RedundantFlush extends Rule {
    RedundantFlush(FindingBook book) {
        super("redundant-flush", book);
        book.replayer().watchFlushes(this);
    }

    @Override
    public void flushed(FlushEvent flush) {
        if (flush.segment().domain() == Domain.EADR || flush.newlyCoveredBytes() == 0) {
            FindingGroup group = book.group(this, flush.thread(), place(flush.site()));
            group.count(1);
            group.addBytes(flush.segment(), flush.start(), flush.start() + flush.length());
        }
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return historyOfFlush(group);
    }

    @Override
    String message(FindingGroup group) {
        String found = group.segment.domain() == Domain.EADR
                ? "on a platform whose caches are persistent"
                : "in which nothing was dirty";
        return "This flush covers " + group.bytesOfFile() + " " + found + ": it costs time and saves nothing.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Drop this flush, or call it only after a store to its range.";
    }
}
