package io.pmemcheckj.rules;

import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.rules.FindingGroup.Place;
import io.pmemcheckj.rules.FindingGroup.Related;

/** Bytes whose last flush failed. */
final class FailedFlush extends DurabilityRule {
    FailedFlush(FindingBook book) {
        super("failed-flush", PendingState.FAILED, book);
    }

    @Override
    Place place(int owner, int flushSite) {
        return book.place(flushSite);
    }

    @Override
    long explained(int segment, long line) {
        return 0;
    }

    @Override
    Related otherHalf(int owner, int flushSite) {
        return relatedStore("stored here", owner);
    }

    @Override
    String message(FindingGroup group) {
        return "This flush failed, and " + group.bytesOfFile()
                + " that it should have made durable had not been flushed" + " again " + deadline(group) + ".";
    }

    @Override
    String fix(FindingGroup group) {
        return "Do not go on after the failure as if the data were saved: store the data again, or reopen the file, and repeat "
                + persistCall(group) + " until it succeeds.";
    }
}
