package io.pmemcheckj.rules;

import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.memory.PersistentMemory;
import io.pmemcheckj.memory.Segment;
import io.pmemcheckj.replay.StoreEvent;
import io.pmemcheckj.trace.StoreKind;

/** What one thread stored since it last made something durable. */
final class Epoch {
    /** Bytes that the hardware writes as one. */
    static final int UNIT = 8;
    /** Beyond this a store is data and no commit value. */
    static final int LARGEST_VALUE = 64;

    /** Positive. */
    long number = 1;
    /** Number of stores; a run counts as more than one. */
    int stores;
    /** How many bytes the one store of the epoch before had, or more than any value if that had several; 0 for none. */
    private long before;

    // The first store. The others only count.
    int owner;
    int site;
    StoreKind kind;
    Segment segment;
    long start;
    long end;
    /** Whether it stored over what was durable, and not into bytes that the run had not used yet. */
    boolean inPlace;

    // Where the latest run of adjacent stores lies.
    private Segment runSegment;
    private long runStart;
    private long runEnd;

    void stored(StoreEvent store, PersistentMemory memory) {
        if (stores == 0) {
            owner = store.owner();
            site = store.site();
            kind = store.kind();
            segment = store.segment();
            start = store.start();
            end = store.end();
            inPlace = end - start <= LARGEST_VALUE && isInPlace(memory, segment, start, end);
        }
        stores += store.end() - store.start() > store.size() ? 2 : 1;
        if (stores > 1 && adjoinsRun(store)) {
            runStart = Math.min(runStart, store.start());
            runEnd = Math.max(runEnd, store.end());
        } else {
            runSegment = store.segment();
            runStart = store.start();
            runEnd = store.end();
        }
    }

    static boolean isInPlace(PersistentMemory memory, Segment segment, long start, long end) {
        return memory.pendingBytes(segment, start, end) == 0 && memory.everStored(segment, start, end);
    }

    /** Whether what is to be stored continues what this epoch stored last: then both are parts of a record. */
    boolean adjoinsRun(StoreEvent store) {
        return stores > 0 && store.segment() == runSegment && (store.start() == runEnd || store.end() == runStart);
    }

    /** Whether a value of this size, stored now, comes first in the epoch and after a group: of more, or larger, stores. */
    boolean canCommit(long size) {
        return stores == 0 && before > (size > UNIT ? LARGEST_VALUE : UNIT);
    }

    /** Whether the only store is one small value. */
    boolean isOneValue() {
        return stores == 1 && end - start <= LARGEST_VALUE;
    }

    /** Whether the value lies within one unit, so that a crash leaves the old or the new one. */
    boolean isWhole() {
        return !tears(segment.domain(), start, end) && end - start <= UNIT;
    }

    /** Whether a crash can keep a part of what one store put into [start, end). */
    static boolean tears(Domain domain, long start, long end) {
        return start / unit(domain) != (end - 1) / unit(domain);
    }

    /** Bytes that a crash leaves wholly old or wholly new: what the processor, or a disk, writes at once. */
    static long unit(Domain domain) {
        return domain == Domain.PAGE_CACHE ? 512 : UNIT;
    }

    void next() {
        if (stores > 0) {
            before = stores > 1 ? Long.MAX_VALUE : end - start;
            stores = 0;
            number++;
        }
    }
}
