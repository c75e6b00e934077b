package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.rules.FindingGroup.Related;
import io.pmemcheckj.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.List;

/** Bytes of a mapped file that changed though no store that was traced changed them. */
final class UntracedWrite extends Rule {
    private final LatestStores stores = new LatestStores();

    UntracedWrite(FindingBook book) {
        super("untraced-write", book);
    }

    @Override
    public void auditComes() {
        book.replayer().watchStores(this);
    }

    @Override
    public void storing(StoreEvent store) {
        stores.stored(store.segment(), store.start(), store.end(), store.owner());
    }

    @Override
    public void untracedWrite(Segment segment, long start, long end, String expected, String found) {
        List<Related> nearest = new ArrayList<>();
        int below = stores.below(segment, start);
        int above = stores.above(segment, end - 1);
        if (below != 0) {
            nearest.add(relatedStore("nearest store below", below));
        }
        if (above != 0) {
            nearest.add(relatedStore("nearest store above", above));
        }
        FindingGroup group = book.group(
                this, FindingBook.NO_THREAD, place(TraceVisitor.UNKNOWN_SITE), nearest.toArray(new Related[0]));
        group.describe("expected " + bytes(expected, end - start) + ", found " + bytes(found, end - start));
        group.count(1);
        group.addBytes(segment, start, end);
    }

    private static String bytes(String hex, long length) {
        return hex + (hex.length() / 2 < length ? "..." : "");
    }

    @Override
    String message(FindingGroup group) {
        return group.bytesOfFile() + " changed, and no store that was traced explains it; at offset " + group.start
                + " " + group.detail() + ". Whether such writes are persisted is not checked.";
    }

    @Override
    String fix(FindingGroup group) {
        return "Find what writes there: native code (JNI, a foreign call) or another process. What it does can be told"
                + " by the client requests, see PmemCheck.";
    }
}
