package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.PendingState;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store whose bytes were stored again before they were flushed. */
final class OverwrittenStore extends Rule {
    OverwrittenStore(FindingBook book) {
        super("overwritten-store", book);
        book.replayer().watchStores(this);
    }

    @Override
    public void storing(StoreEvent store) {
        Segment segment = store.segment();
        if (book.replayer().memory().pendingBytes(segment, store.start(), store.end()) == 0) {
            return;
        }
        Map<Integer, ByteSet> overwritten = new HashMap<>();
        book.replayer()
                .memory()
                .forEachPending(segment, store.start(), store.end(), (seg, line, mask, owner, state, site) -> {
                    if (state != PendingState.FLUSHED) {
                        overwritten.computeIfAbsent(owner, key -> new ByteSet()).addMask(seg.id(), line, mask);
                    }
                });
        overwritten.forEach((owner, bytes) -> report(store, owner, bytes));
    }

    private void report(StoreEvent store, int owner, ByteSet bytes) {
        FindingGroup group = book.group(
                this, book.owners().thread(owner), book.stored(owner), related("overwritten here", store.site()));
        group.count(store.storesIn(bytes.size()));
        bytes.forEach((segment, line, mask) ->
                Masks.forEachRun(line, mask, (from, to) -> group.addBytes(store.segment(), from, to)));
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return historyThen(group, Moment.at("overwritten", group.related.get(0).place(), FindingBook.NO_THREAD));
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile() + " stored here were overwritten before they were persistent.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Store the final value only, or persist the first value if a crash in between must find it.";
    }
}
