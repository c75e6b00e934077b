package io.pmemcheckj.trace.ring;

import static io.pmemcheckj.trace.layout.RecordLayout.*;

import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.layout.RingLayout;
import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/**
 * The records of one recorder, in the order in which it wrote them, across its chunks.
 *
 * <p>A record's key says where it belongs among those of other recorders: twice its stamp for a stamped event, one more
 * for what was stored after that event.
 */
final class RecorderStream {
    static final long NOTHING = Long.MAX_VALUE;
    /** Stamps start at 1, so no complete event has this key. */
    static final long PENDING = 0;

    private record Chunk(int number, long sequence) {}

    private final RingFile ring;
    private final IntConsumer freed;
    private final Payload payload;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

    private int at; // offset of the next record of the first chunk
    private int end; // offset behind the first chunk
    private long stamp;
    private int thread;

    // The last store record taken, should its count still grow.
    private int openAt = -1;
    private int openCount;

    RecorderStream(RingFile ring, IntConsumer freed) {
        this.ring = ring;
        this.freed = freed;
        this.payload = new Payload(ring);
    }

    /** A recorder's chunks are found in no particular order. */
    void add(int chunk, long sequence) {
        ArrayDeque<Chunk> later = new ArrayDeque<>();
        while (!chunks.isEmpty() && chunks.peekLast().sequence() > sequence) {
            later.push(chunks.pollLast());
        }
        chunks.addLast(new Chunk(chunk, sequence));
        boolean first = chunks.size() == 1;
        chunks.addAll(later);
        if (first) {
            start(chunk);
        }
    }

    private void start(int chunk) {
        at = RingFile.offset(chunk);
        end = at + RingLayout.CHUNK_BYTES;
    }

    /**
     * Key of the next record, {@link #NOTHING} when there is none, {@link #PENDING} when it is being written.
     */
    long nextKey() {
        return openHasGrown() ? 2 * stamp + 1 : keyOf(nextWord());
    }

    private long keyOf(long word) {
        int kind = kind(word);
        if (kind == SET_STAMP) {
            return 2 * ring.get(at + 8) + 1;
        }
        if (kind >= FIRST_STAMPED && kind < FIRST_DEFINITION) {
            // Without its stamp the event is between two instructions of the program, or the program died there.
            return 2 * ring.acquire(at + 8);
        }
        return word == 0 ? NOTHING : 2 * stamp + 1;
    }

    private boolean openHasGrown() {
        return openAt >= 0 && (int) (ring.get(openAt + 8) >>> 32) != openCount;
    }

    /** First word of the next record, 0 when there is none; gives chunks back that have been read to their end. */
    private long nextWord() {
        while (true) {
            if (chunks.isEmpty()) {
                return 0;
            }
            long word = at < end ? ring.acquire(at) : 0;
            if (word != 0 && kind(word) != PAD) {
                return word;
            }
            boolean readToTheEnd = at >= end || word != 0;
            if (!readToTheEnd || chunks.size() < 2 || openHasGrown()) {
                return 0; // the recorder may still be at work in this chunk
            }
            int done = chunks.poll().number();
            openAt = -1;
            start(chunks.peek().number());
            freed.accept(done);
            ring.free(done);
        }
    }

    /**
     * Delivers records up to a key.
     *
     * @return number of records taken
     */
    long deliver(TraceVisitor visitor, long limit, Definitions definitions, Runnable fetch) {
        long taken = 0;
        while (true) {
            closeOpen(visitor);
            long word = nextWord();
            long key = keyOf(word);
            if (key > limit || key == PENDING) {
                return taken;
            }
            deliverRecord(word, visitor, definitions, fetch);
            taken++;
        }
    }

    /** Delivers what was added to the last store record after it was taken. */
    private void closeOpen(TraceVisitor visitor) {
        if (!openHasGrown()) {
            return;
        }
        long word0 = ring.get(openAt);
        long word1 = ring.get(openAt + 8);
        int count = (int) (word1 >>> 32);
        store(visitor, word0, word1, openCount, count - openCount);
        openCount = count;
    }

    private void store(TraceVisitor visitor, long word0, long word1, int skip, int count) {
        int aux = (int) (word0 >>> AUX_SHIFT) & 0xff;
        long size = 1L << (aux & 0xf);
        long address = (word0 & ADDRESS_MASK) + skip * size;
        visitor.store(thread, (int) word1, StoreKind.of(aux >>> 4), address, size, count);
    }

    private void deliverRecord(long word0, TraceVisitor visitor, Definitions definitions, Runnable fetch) {
        int kind = kind(word0);
        long word1 = ring.get(at + 8);
        openAt = -1;
        switch (kind) {
            case STORE -> {
                require(definitions.hasSite((int) word1), fetch);
                openAt = at;
                openCount = (int) (word1 >>> 32);
                store(visitor, word0, word1, 0, openCount);
            }
            case BULK -> {
                require(definitions.hasSite((int) word1), fetch);
                StoreKind storeKind = StoreKind.of((int) (word0 >>> AUX_SHIFT + 4) & 0xf);
                visitor.store(thread, (int) word1, storeKind, word0 & ADDRESS_MASK, word1 >>> 32, 1);
            }
            case SET_STAMP -> stamp = word1;
            case SET_THREAD -> {
                thread = (int) word1;
                require(definitions.hasThread(thread), fetch);
            }
            case SAMPLE -> {
                require(definitions.hasStack((int) word1), fetch);
                visitor.sample(thread, (int) word1);
            }
            default -> {
                payload.at(at + SLOT);
                if (kind >= FIRST_DEFINITION) {
                    definitions.deliver(payload, kind, visitor);
                } else {
                    stamp = word1;
                    int site = kind == FORCE_END ? 0 : (int) payload.nextLong();
                    require(definitions.hasSite(site), fetch);
                    stamped(kind, site, visitor);
                }
            }
        }
        at += SLOT * slots(word0);
    }

    private static void require(boolean known, Runnable fetch) {
        if (!known) {
            fetch.run();
        }
    }

    private void stamped(int kind, int site, TraceVisitor visitor) {
        Payload p = payload;
        switch (kind) {
            case FLUSH -> visitor.flush(thread, site, p.nextLong(), p.nextLong());
            case FENCE -> visitor.fence(thread, site, p.nextLong() != 0);
            case FORCE_BEGIN -> visitor.forceBegin(thread, site, p.nextLong(), p.nextLong());
            case FILE_FORCE_BEGIN -> visitor.fileForceBegin(thread, site, p.nextLong(), p.nextLong());
            case FORCE_END -> visitor.forceEnd(thread, p.nextLong() != 0);
            case MAP ->
                visitor.map(
                        thread,
                        site,
                        p.nextLong(),
                        p.nextLong(),
                        p.nextLong(),
                        p.nextLong(),
                        p.nextLong(),
                        (int) p.nextLong(),
                        p.nextText());
            case UNMAP -> visitor.unmap(thread, site, p.nextLong(), p.nextLong());
            case BEGIN_TRANSACTION -> visitor.beginTransaction(thread, site, p.nextLong());
            case END_TRANSACTION -> visitor.endTransaction(thread, site, p.nextLong());
            case ADD_TO_TRANSACTION ->
                visitor.addToTransaction(thread, site, p.nextLong(), p.nextLong(), p.nextLong());
            case REMOVE_FROM_TRANSACTION ->
                visitor.removeFromTransaction(thread, site, p.nextLong(), p.nextLong(), p.nextLong());
            case JOIN_TRANSACTION -> visitor.joinTransaction(thread, site, p.nextLong());
            case LEAVE_TRANSACTION -> visitor.leaveTransaction(thread, site, p.nextLong());
            case IGNORE_IN_TRANSACTIONS -> visitor.ignoreInTransactions(thread, site, p.nextLong(), p.nextLong());
            case SET_CLEAN -> visitor.setClean(thread, site, p.nextLong(), p.nextLong());
            case MARKER -> visitor.marker(thread, site, p.nextText());
            case CHECKPOINT -> visitor.checkpoint(thread, site, p.nextText());
            case EXPECT_PERSISTED -> visitor.expectPersisted(thread, site, p.nextLong(), p.nextLong());
            case EXPECT_ORDERED ->
                visitor.expectOrdered(thread, site, p.nextLong(), p.nextLong(), p.nextLong(), p.nextLong());
            case ATOMIC -> visitor.atomic(thread, site, p.nextLong(), p.nextLong());
            case CHECKSUMMED -> visitor.checksummed(thread, site, p.nextLong(), p.nextLong());
            case LABEL -> visitor.label(thread, site, p.nextLong(), p.nextLong(), p.nextText());
            default -> throw new IllegalStateException("unknown record kind " + kind + " in the ring");
        }
    }

    /** Delivers the definitions among the records that are there now, ahead of their turn. */
    void readDefinitions(Definitions definitions, TraceVisitor visitor) {
        int offset = at;
        int behind = end;
        boolean first = true;
        for (Chunk chunk : chunks) {
            if (!first) {
                offset = RingFile.offset(chunk.number());
                behind = offset + RingLayout.CHUNK_BYTES;
            }
            first = false;
            while (offset < behind) {
                long word = ring.acquire(offset);
                if (word == 0 || kind(word) == PAD) {
                    break;
                }
                if (kind(word) >= FIRST_DEFINITION && kind(word) != PROPERTY && kind(word) != GAP) {
                    definitions.deliver(new Payload(ring).at(offset + SLOT), kind(word), visitor);
                }
                offset += SLOT * slots(word);
            }
        }
    }

    private static int kind(long word) {
        return (int) (word >>> KIND_SHIFT);
    }

    private static int slots(long word) {
        return kind(word) < FIRST_STAMPED ? 1 : (int) (word >>> SLOTS_SHIFT) & 0xffff;
    }
}
