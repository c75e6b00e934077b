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

    private static final int WORDS = RingLayout.CHUNK_BYTES / Long.BYTES;

    private final RingFile ring;
    private final IntConsumer freed;
    private final FileContents contents;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    /** Place of the chunk to be read now: a later one can be found first. */
    private long expected;

    // A copy of the first chunk, as far as it has been read: copying it whole is several times as fast as fetching its
    // words one by one from the cache of the processor that wrote them, and lets the chunk go back sooner.
    private final long[] words = new long[WORDS];
    private final Payload payload = new Payload(words);
    private int at; // the next record, an index of words
    private int copied; // words that are there
    private boolean whole; // the recorder is done with the chunk, words has all of it, and it went back to the ring
    private int lastStore = -1; // the last record copied, if it is a store whose count may still grow
    private long stamp;
    private int thread;

    // The last store record delivered, should its count have grown since.
    private int open = -1;
    private int openCount;

    private int knownSite; // a site that is defined

    /**
     * @param freed told of each chunk that went back to the ring
     * @param contents tells what files held, null where that is not wanted
     */
    RecorderStream(RingFile ring, IntConsumer freed, FileContents contents) {
        this.ring = ring;
        this.freed = freed;
        this.contents = contents;
    }

    /** A recorder's chunks are found in no particular order. */
    void add(int chunk, long sequence) {
        ArrayDeque<Chunk> later = new ArrayDeque<>();
        while (!chunks.isEmpty() && chunks.peekLast().sequence() > sequence) {
            later.push(chunks.pollLast());
        }
        chunks.addLast(new Chunk(chunk, sequence));
        chunks.addAll(later);
    }

    /**
     * Key of the next record, {@link #NOTHING} when there is none, {@link #PENDING} when it is being written.
     */
    long nextKey() {
        if (openHasGrown()) {
            return 2 * stamp + 1;
        }
        long word = nextWord();
        // What was done to find the next record has shown the final count of the last one.
        return openHasGrown() ? 2 * stamp + 1 : keyOf(word);
    }

    private long keyOf(long word) {
        int kind = kind(word);
        if (kind == SET_STAMP) {
            return 2 * words[at + 1] + 1;
        }
        if (kind >= FIRST_STAMPED && kind < FIRST_DEFINITION) {
            if (words[at + 1] == 0 && !whole) {
                // Without its stamp the event is between two instructions of the program, or the program died there.
                words[at + 1] = ring.acquire(offset(at) + Long.BYTES);
                if (words[at + 1] != 0 && hasValue(kind)) {
                    ring.copy(offset(at + 2), words, at + 2, 2 * slots(word) - 2); // written before the stamp was
                }
            }
            return 2 * words[at + 1];
        }
        return word == 0 ? NOTHING : 2 * stamp + 1;
    }

    private boolean openHasGrown() {
        if (open < 0) {
            return false;
        }
        if (open == lastStore) {
            refreshLastStore();
        }
        return (int) (words[open + 1] >>> 32) != openCount;
    }

    private void refreshLastStore() {
        words[lastStore + 1] = ring.get(offset(lastStore) + Long.BYTES);
    }

    private int offset(int word) {
        return RingFile.offset(chunks.peek().number()) + Long.BYTES * word;
    }

    /** First word of the next record, 0 when there is none. */
    private long nextWord() {
        while (true) {
            if (at < copied) {
                long word = words[at];
                if (word != 0 && kind(word) != PAD) {
                    return word;
                }
                at = copied; // what follows in this chunk was never used
            }
            if (whole) {
                if (openHasGrown()) {
                    return 0;
                }
                open = -1;
                at = 0;
                copied = 0;
                whole = false;
            }
            if (chunks.isEmpty() || chunks.peek().sequence() != expected) {
                return 0;
            }
            if (chunks.size() > 1) {
                copyWhole();
            } else if (!copyMore()) {
                return 0;
            }
        }
    }

    /** The recorder has moved on to another chunk: takes the rest of this one and gives it back. */
    private void copyWhole() {
        if (lastStore >= 0) {
            refreshLastStore();
            lastStore = -1;
        }
        ring.copy(offset(copied), words, copied, WORDS - copied);
        copied = WORDS;
        whole = true;
        expected++;
        int chunk = chunks.poll().number();
        freed.accept(chunk);
        ring.free(chunk);
    }

    /** Takes the records that have been written since the last look to a chunk that is still being filled. */
    private boolean copyMore() {
        int from = copied;
        while (copied < WORDS) {
            long word = ring.acquire(offset(copied));
            if (word == 0 || kind(word) == PAD) {
                break;
            }
            if (lastStore >= 0) {
                refreshLastStore(); // final, now that another record follows
            }
            int length = 2 * slots(word);
            words[copied] = word;
            // In this order: with the stamp, and not before, a value is there.
            words[copied + 1] = ring.acquire(offset(copied + 1));
            ring.copy(offset(copied + 2), words, copied + 2, length - 2);
            lastStore = kind(word) == STORE ? copied : -1;
            copied += length;
        }
        return copied > from;
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
            closeOpen(visitor); // as in nextKey
            if (kind(word) == STORE && at != lastStore && 2 * stamp + 1 <= limit) {
                taken += deliverStores(visitor, definitions, fetch);
                continue;
            }
            long key = keyOf(word);
            if (key > limit || key == PENDING) {
                return taken;
            }
            deliverRecord(word, visitor, definitions, fetch);
            taken++;
        }
    }

    /**
     * Delivers the store records up to the next of another kind: nearly all that programs write. The last one copied is
     * left out, as its count may still grow.
     */
    private long deliverStores(TraceVisitor visitor, Definitions definitions, Runnable fetch) {
        int i = at;
        int end = lastStore >= 0 ? lastStore : copied;
        while (i < end) {
            long word0 = words[i];
            if (kind(word0) != STORE) {
                break;
            }
            long word1 = words[i + 1];
            int site = (int) word1;
            if (site != knownSite) {
                require(definitions.hasSite(site), fetch);
                knownSite = site;
            }
            store(visitor, word0, word1, 0, (int) (word1 >>> 32));
            i += 2;
        }
        int taken = (i - at) / 2;
        at = i;
        open = -1;
        return taken;
    }

    /** Delivers what was added to the last store record after it was taken. */
    private void closeOpen(TraceVisitor visitor) {
        if (!openHasGrown()) {
            return;
        }
        long word0 = words[open];
        long word1 = words[open + 1];
        int count = (int) (word1 >>> 32);
        store(visitor, word0, word1, openCount, count - openCount);
        openCount = count;
    }

    private void store(TraceVisitor visitor, long word0, long word1, int skip, int count) {
        int aux = (int) (word0 >>> AUX_SHIFT) & 0xff;
        long size = 1L << (aux & 0xf);
        long address = (word0 & ADDRESS_MASK) + skip * size;
        access(visitor, (int) word1, aux >>> 4, address, size, count);
    }

    /** @param kind a store kind, or that the record is of loads */
    private void access(TraceVisitor visitor, int site, int kind, long address, long size, int count) {
        if (kind == LOAD) {
            visitor.load(thread, site, address, size, count);
        } else {
            visitor.store(thread, site, StoreKind.of(kind), address, size, count);
        }
    }

    private void deliverRecord(long word0, TraceVisitor visitor, Definitions definitions, Runnable fetch) {
        int kind = kind(word0);
        long word1 = words[at + 1];
        open = -1;
        switch (kind) {
            case STORE -> {
                require(definitions.hasSite((int) word1), fetch);
                open = at;
                openCount = (int) (word1 >>> 32);
                store(visitor, word0, word1, 0, openCount);
            }
            case BULK -> {
                require(definitions.hasSite((int) word1), fetch);
                int storeKind = (int) (word0 >>> AUX_SHIFT + 4) & 0xf;
                access(visitor, (int) word1, storeKind, word0 & ADDRESS_MASK, word1 >>> 32, 1);
            }
            case SET_STAMP -> stamp = word1;
            case SET_THREAD -> {
                thread = (int) word1;
                require(definitions.hasThread(thread), fetch);
            }
            case SAMPLE -> {
                require(definitions.hasStack((int) word1), fetch);
                // Another thread may be about to define it: a sample that comes too early is one sample less.
                if (definitions.hasStack((int) word1)) {
                    visitor.sample(thread, (int) word1);
                }
            }
            default -> {
                payload.at(at + 2);
                if (kind >= FIRST_DEFINITION) {
                    definitions.deliver(payload, kind, visitor);
                } else if (kind == VALUE_STORE) {
                    stamp = word1;
                    require(definitions.hasSite((int) word0), fetch);
                    valueStore((int) word0, visitor);
                } else if (kind == VALUES) {
                    stamp = word1;
                    values(visitor);
                } else {
                    stamp = word1;
                    int site = kind == FORCE_END || kind == INTERNAL ? 0 : (int) payload.nextLong();
                    require(definitions.hasSite(site), fetch);
                    stamped(kind, site, visitor);
                }
            }
        }
        at += 2 * slots(word0);
    }

    private void valueStore(int site, TraceVisitor visitor) {
        long what = payload.nextLong();
        int aux = (int) (what >>> AUX_SHIFT) & 0xff;
        int size = 1 << (aux & 0xf);
        long address = what & ADDRESS_MASK;
        visitor.store(thread, site, StoreKind.of(aux >>> 4), address, size, 1);
        visitor.value(thread, address, size, payload.nextLong());
    }

    private void values(TraceVisitor visitor) {
        long from = payload.nextLong();
        long length = payload.nextLong();
        for (long done = 0; done < length; done += Long.BYTES) {
            long bytes = payload.nextLong();
            int count = (int) Math.min(Long.BYTES, length - done);
            visitor.value(thread, from + done, count, count == Long.BYTES ? bytes : bytes & (1L << 8 * count) - 1);
        }
    }

    private static boolean hasValue(int kind) {
        return kind == VALUE_STORE || kind == VALUES;
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
            case FILE_STORE, FILE_COPY -> fileStore(kind, site, visitor);
            case FILE_FOUND -> fileFound(visitor);
            case FILE_LOAD -> visitor.fileLoad(thread, site, p.nextLong(), p.nextLong(), p.nextLong(), p.nextLong());
            case FILE_SIZE -> fileSize(site, visitor);
            case FORCE_BEGIN -> visitor.forceBegin(thread, site, p.nextLong(), p.nextLong());
            case PERSIST_BEGIN -> visitor.persistBegin(thread, site, p.nextLong(), p.nextLong());
            case FILE_FORCE_BEGIN -> visitor.fileForceBegin(thread, site, p.nextLong(), p.nextLong());
            case FORCE_END -> visitor.forceEnd(thread, p.nextLong() != 0);
            case MAP -> map(site, visitor);
            case UNMAP -> visitor.unmap(thread, site, p.nextLong(), p.nextLong());
            case BEGIN_TRANSACTION -> visitor.beginTransaction(thread, site, p.nextLong());
            case END_TRANSACTION -> visitor.endTransaction(thread, site, p.nextLong());
            case ADD_TO_TRANSACTION -> visitor.addToTransaction(thread, site, p.nextLong(), p.nextLong(), p.nextLong());
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
            case BEGIN_UNDO_LOG -> visitor.beginUndoLog(thread, site, p.nextLong());
            case ADD_TO_UNDO_LOG -> visitor.addToUndoLog(thread, site, p.nextLong(), p.nextLong(), p.nextLong() != 0);
            case ABORT_UNDO_LOG -> visitor.abortUndoLog(thread, site);
            case END_UNDO_LOG -> visitor.endUndoLog(thread, site, p.nextLong() != 0);
            case ALLOCATED -> visitor.allocated(thread, site, p.nextLong(), p.nextLong());
            case FREED -> visitor.freed(thread, site, p.nextLong(), p.nextLong());
            case INTERNAL -> visitor.internal(thread, p.nextLong() != 0);
            case FILE_NAMED ->
                visitor.fileNamed(
                        thread, site, p.nextLong(), p.nextLong(), p.nextLong(), p.nextLong() != 0, p.nextText());
            case FILE_REMOVED -> visitor.fileRemoved(thread, site, p.nextLong(), p.nextLong(), p.nextText());
            case VOLATILE_POINTER -> visitor.volatilePointer(thread, site, p.nextLong(), p.nextLong());
            case RELEASE -> visitor.release(thread, site, p.nextLong());
            case ACQUIRE -> visitor.acquire(thread, site, p.nextLong());
            case LABEL -> visitor.label(thread, site, p.nextLong(), p.nextLong(), p.nextText());
            default -> throw new IllegalStateException("unknown record kind " + kind + " in the ring");
        }
    }

    private void map(int site, TraceVisitor visitor) {
        long address = payload.nextLong();
        long length = payload.nextLong();
        long device = payload.nextLong();
        long inode = payload.nextLong();
        long offset = payload.nextLong();
        int flags = (int) payload.nextLong();
        String path = payload.nextText();
        if (contents != null) {
            contents.mapped(visitor, device, inode, flags, path);
        }
        visitor.map(thread, site, address, length, device, inode, offset, flags, path);
    }

    private void fileFound(TraceVisitor visitor) {
        long device = payload.nextLong();
        long inode = payload.nextLong();
        boolean created = payload.nextLong() != 0;
        String path = payload.nextText();
        if (contents != null) {
            contents.found(visitor, device, inode, created, path);
        }
    }

    private void fileStore(int kind, int site, TraceVisitor visitor) {
        long device = payload.nextLong();
        long inode = payload.nextLong();
        long offset = payload.nextLong();
        long length = payload.nextLong();
        if (contents != null) {
            contents.written(device, inode, offset + length);
        }
        visitor.fileStore(thread, site, device, inode, offset, length, payload.nextLong() != 0);
        if (kind == FILE_COPY && contents != null) {
            contents.copied(visitor, thread, device, inode, offset, length);
        }
    }

    private void fileSize(int site, TraceVisitor visitor) {
        long device = payload.nextLong();
        long inode = payload.nextLong();
        long length = payload.nextLong();
        if (contents != null) {
            contents.resized(device, inode, length);
        }
        visitor.fileSize(thread, site, device, inode, length);
    }

    /** Delivers the definitions among the records that are there now, ahead of their turn. */
    void readDefinitions(Definitions definitions, TraceVisitor visitor) {
        readDefinitions(words, at, copied, definitions, visitor);
        boolean first = !whole;
        long[] copy = new long[WORDS];
        for (Chunk chunk : chunks) {
            int from = first ? copied : 0;
            first = false;
            ring.copy(RingFile.offset(chunk.number()) + Long.BYTES * from, copy, from, WORDS - from);
            readDefinitions(copy, from, WORDS, definitions, visitor);
        }
    }

    private static void readDefinitions(
            long[] from, int start, int end, Definitions definitions, TraceVisitor visitor) {
        for (int i = start; i < end && from[i] != 0 && kind(from[i]) != PAD; i += 2 * slots(from[i])) {
            int kind = kind(from[i]);
            if (kind >= FIRST_DEFINITION && kind != PROPERTY && kind != GAP) {
                definitions.deliver(new Payload(from).at(i + 2), kind, visitor);
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
