package io.pmemcheckj.rules;

import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;

/** Bytes that were flushed, with no fence of the flushing thread after it. */
final class UnfencedFlush extends DurabilityRule {
    UnfencedFlush(FindingBook book) {
        super("unfenced-flush", PendingState.FLUSHED, book);
    }

    @Override
    Place place(int owner, int flushSite) {
        return book.stored(owner);
    }

    @Override
    long explained(int segment, long line) {
        return book.causes().unlogged.mask(segment, line);
    }

    @Override
    Related otherHalf(int owner, int flushSite) {
        return related("flushed here", flushSite);
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile() + " stored here were flushed, but the flushing thread had not fenced "
                + deadline(group) + "; the flush may never have reached the medium.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Fence after the flush, on the thread that flushed (pmem_drain, PmemCheck.fence, or force instead of a flush"
                + " alone).";
    }
}
