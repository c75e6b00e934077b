package io.pmemcheckj.rules;

import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;

/** Bytes that nothing flushed after they were stored. */
final class UnflushedStore extends DurabilityRule {
    UnflushedStore(FindingBook book) {
        super("unflushed-store", PendingState.DIRTY, book);
    }

    @Override
    Place place(int owner, int flushSite) {
        return book.stored(owner);
    }

    @Override
    long explained(int segment, long line) {
        return book.causes().unlogged.mask(segment, line)
                | book.causes().outside.mask(segment, line);
    }

    @Override
    Related otherHalf(int owner, int flushSite) {
        return null;
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile() + " stored here had not been flushed " + deadline(group)
                + "; a crash can lose them.";
    }

    @Override
    String fix(FindingGroup group) {
        return "After this store, and before the program relies on it, call " + persistCall(group) + ".";
    }
}
