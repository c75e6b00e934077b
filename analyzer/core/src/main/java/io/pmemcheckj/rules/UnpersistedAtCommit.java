package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteSet;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bytes stored inside a transaction that were not persistent at its outermost end. */
final class UnpersistedAtCommit extends Rule {
    UnpersistedAtCommit(FindingBook book) {
        super("unpersisted-at-commit", book);
    }

    @Override
    public void transactionEnded(Transaction transaction, int thread, int site) {
        PersistentMemory memory = book.replayer().memory();
        if (transaction.ending() != Transaction.Ending.BY_PROGRAM || memory.pendingBytes() == 0) {
            return;
        }
        Map<Integer, ByteSet> byOwner = new HashMap<>();
        transaction.stored().forEach((segmentId, line, stored) -> {
            Segment segment = memory.segment(segmentId);
            memory.forEachPending(segment, line << 6, (line + 1) << 6, (seg, at, mask, owner, state, flushSite) -> {
                long mine = mask & stored & ~book.causes().unlogged.mask(segmentId, at);
                if (mine != 0 && transaction.everIncluded(book.owners().thread(owner))) {
                    byOwner.computeIfAbsent(owner, key -> new ByteSet()).addMask(segmentId, at, mine);
                }
            });
        });
        byOwner.forEach((owner, bytes) -> report(owner, bytes, site));
    }

    private void report(int owner, ByteSet bytes, int endSite) {
        FindingGroup group = book.group(
                this, book.owners().thread(owner), book.stored(owner), related("transaction ended here", endSite));
        long size = book.owners().size(owner);
        group.count((bytes.size() + size - 1) / size);
        bytes.forEach((segment, line, mask) -> Masks.forEachRun(
                line,
                mask,
                (from, to) -> group.addBytes(book.replayer().memory().segment(segment), from, to)));
    }

    @Override
    List<Moment> timeline(FindingGroup group) {
        return historyThen(
                group, Moment.at("transaction ended", group.related.get(0).place(), FindingBook.NO_THREAD));
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile()
                + " stored here, inside a transaction, were not persistent when it ended; a crash after"
                + " the commit can lose them.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Before the transaction ends, call " + persistCall(group) + ".";
    }
}
