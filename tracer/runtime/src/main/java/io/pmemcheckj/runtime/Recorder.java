package io.pmemcheckj.runtime;

import static io.pmemcheckj.trace.layout.RecordLayout.*;

import io.pmemcheckj.trace.layout.RingLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.vector.VectorSupport;

/**
 * Writes the events of one thread (or of the virtual threads of one carrier) into chunks of the ring. Only the thread
 * that runs touches its fields.
 */
final class Recorder {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int MAX_FOLD = 1 << 30;
    // Halves of word 1, which is in native order: x86-64 and AArch64 are little-endian.
    private static final int SITE_IN_SLOT = 8;
    private static final int COUNT_IN_SLOT = 12;
    private static final int MAX_TEXT = 4096;
    /** Bytes of values that go into one record. */
    private static final long MAX_VALUES = RingLayout.CHUNK_BYTES / 2;
    /** How many stacks of a site are taken, at most, for the first store of it in a chunk, and after a stamp. */
    private static final int SAMPLES_BY_CHUNK = 8;

    private static final int SAMPLES_BY_STAMP = 32;
    private static final long PAYLOAD = U.objectFieldOffset(VectorSupport.VectorPayload.class, "payload");
    private static final long READING = U.objectFieldOffset(Recorder.class, "reading");
    /** Whether a vector was ever stored near a segment. */
    static boolean seenVectors;

    /** No store has this address. */
    private static final long NO_ADDRESS = -1;

    /** The platform thread this recorder belongs to. */
    Thread owner;
    /** Site of the call that is under way, 0 when not known. Written by the thread itself at marked calls. */
    int site;
    /** Carriers only: the virtual thread that set {@link #site}. */
    Thread siteOwner;
    /** Between entry and end of FileChannelImpl.force: the dispatcher's force is not an event of its own. */
    boolean inChannelForce;
    /** The end of a force is recorded, and a test's failure may be thrown out of it. */
    boolean forceEnded;

    private final int number;
    private Thread current;
    /** Its name as the consumer knows it. */
    private String name;

    private long sequence;
    private long position;
    private long end;
    private boolean newChunk;
    private boolean newStamp;
    private long stamp = -1;

    // Where a store would extend the run of the last record; that record itself holds the rest. Few fields on purpose:
    // stores drain in order, so each store of ours behind one of the program's that misses the caches makes it wait.
    private long foldAddress = NO_ADDRESS;

    // The latest event of more than one slot, for the self-test.
    private long eventSlot;
    private long eventEnd;

    /**
     * Set while the memory that a store left is looked for and read, which must not be unmapped meanwhile. Taken back by
     * a plain write, which needs no room on the stack; what ends a record keeps it behind the read.
     */
    private boolean reading;

    // The vector that is being stored; length in bytes, 0 for none.
    private long vectorAddress;
    private int vectorLength;
    private int vectorKind;

    private static final int KEPT_BITS = 6;
    private static final int KEPT_OBJECTS = 1 << KEPT_BITS;
    private static final int MOST_RELEASE_BYTES = 4 * SLOT;

    private long rangeStart;
    private long rangeLength;
    private int rangeGeneration = -1;

    // Hand-offs: for a few objects what was last recorded of them, see HandOffs.
    private final long[] releases = new long[KEPT_OBJECTS];
    private final long[] acquires = new long[KEPT_OBJECTS];
    private boolean handingOff;
    /** Bytes of this chunk that releases took: they are not news. */
    private long releasedBytes;

    Recorder(int number) {
        this.number = number;
    }

    /** Whether the thread did anything recorded since it last released the object with this key. */
    boolean isNewRelease(int key) {
        int at = key >>> 32 - KEPT_BITS;
        long release = (long) key << 32 | activity();
        boolean isNew = releases[at] != release && !handingOff;
        releases[at] = release;
        return isNew;
    }

    /** Changes with all that is recorded but releases. */
    private long activity() {
        return (position - releasedBytes + 31 * foldAddress) & 0xffff_ffffL;
    }

    /** The thread's own release is nothing new to it. @param count how often the object had been released before */
    void releasedItself(int key, int count) {
        int at = key >>> 32 - KEPT_BITS;
        if (acquires[at] == acquire(key, count)) {
            acquires[at] = acquire(key, count + 1);
        }
    }

    private static long acquire(int key, int count) {
        return (long) key << 32 | count + 1 & 0xffff_ffffL;
    }

    /** Whether the object with this key was released since the thread last acquired it. */
    boolean isNewAcquire(int key, int count) {
        int at = key >>> 32 - KEPT_BITS;
        long acquire = acquire(key, count);
        boolean isNew = acquires[at] != acquire && !handingOff;
        acquires[at] = acquire;
        return isNew;
    }

    /** Records a release or an acquire; without a look at the stack, which may itself synchronize. */
    void handOff(int kind, long object) {
        handingOff = true;
        long before = position;
        long fold = foldAddress;
        event(kind, null, Sites.seen[site] == 0 ? 0 : site, object); // a place is not worth describing for this
        if (kind == RELEASE) {
            long taken = position - before;
            releasedBytes = taken > 0 && taken <= MOST_RELEASE_BYTES ? releasedBytes + taken : 0;
            releasedBytes += 31 * (foldAddress - fold); // an event ends a run, which is no news either
        }
        handingOff = false;
    }

    /** Records for another platform thread from now on, which calls this. */
    void adopt(Thread thread) {
        site = 0;
        siteOwner = null;
        switchTo(thread);
    }

    /**
     * Carriers only: records for this virtual thread.
     *
     * @param markedHere whether its latest mark is here
     */
    void recordFor(Thread virtual, boolean markedHere) {
        if (current != virtual) {
            switchTo(virtual);
        }
        if (siteOwner != virtual || !markedHere) {
            site = 0;
            siteOwner = virtual;
        }
    }

    /** Carriers only: whether the virtual thread is the one that records. */
    boolean isFor(Thread virtual) {
        return current == virtual;
    }

    private void beginHandOffs(Thread thread) {
        if (HandOffs.on) {
            HandOffs.begin(this, thread);
        }
    }

    private void switchTo(Thread thread) {
        current = thread;
        inChannelForce = false;
        vectorLength = 0;
        foldAddress = NO_ADDRESS;
        nameThread();
        single(SET_THREAD, Recorders.id(thread));
        beginHandOffs(thread);
    }

    private void nameThread() {
        name = current.getName();
        int id = Recorders.id(current);
        define(THREAD, new String[] {name.isEmpty() ? "virtual-" + id : name}, id);
    }

    /** Threads of pools get other names now and then; looked at where it does not count. */
    private void followName() {
        if (!current.getName().equals(name)) {
            nameThread();
        }
    }

    /**
     * Records a store or load that was just made at an address within the bounds of all segments.
     *
     * @param aux store kind, or that it is a load, << 4 | log2 of the size
     */
    static void access(long address, int aux) {
        Thread thread = Thread.currentThread();
        Recorder recorder = Recorders.TABLE[Recorders.slot(thread)];
        if (recorder.owner != thread) {
            if (!Tracked.maybe(address)) {
                return; // a thread that never touches a segment gets no recorder
            }
            recorder = Recorders.find(thread);
        }
        if (Ring.VALUES) {
            recorder.accessWithValue(address, aux);
            return;
        }
        // A plain read: an opaque one makes the JIT reload everything around it. It cannot be moved out of a loop, as
        // the store it follows might change it for all the JIT knows: both are accesses to raw memory.
        long now = U.getLong(Ring.STAMP);
        long last = recorder.position - SLOT;
        if (address == recorder.foldAddress
                && now == recorder.stamp
                && U.getInt(last + SITE_IN_SLOT) == recorder.site
                && U.getLong(last) >>> AUX_SHIFT == (STORE << KIND_SHIFT - AUX_SHIFT | aux)) {
            // Read as it was written, in four bytes: the processor cannot forward a part of a store to a wider load.
            int count = U.getInt(last + COUNT_IN_SLOT) + 1;
            U.putInt(last + COUNT_IN_SLOT, count);
            recorder.foldAddress = count == MAX_FOLD ? NO_ADDRESS : address + (1L << (aux & 0xf));
        } else if (Tracked.maybe(address)) {
            try {
                recorder.append(address, aux, now);
            } catch (Throwable e) {
                giveUp();
            }
        }
    }

    /** What goes wrong in here must not go wrong in the program: the check is lost, and says so. */
    static void giveUp() {
        Ring.lost(RingLayout.LOST_EVENT);
    }

    private void append(long address, int aux, long now) {
        if (isLane(address) || !isInSegment(address)) {
            return;
        }
        follow(now);
        int at = site;
        int known = at;
        if (needsLook(at)) {
            known = look(at);
        }
        long slot = reserve(1);
        if (slot == 0) {
            return;
        }
        U.putLong(null, slot + 8, 1L << 32 | known);
        U.putLongRelease(null, slot, (long) STORE << KIND_SHIFT | (long) aux << AUX_SHIFT | address & ADDRESS_MASK);
        position = slot + SLOT;
        // Where the caller had to be looked up, the next store may well have another one.
        foldAddress = known == at && at != 0 && !Sites.lookAtAll ? address + (1L << (aux & 0xf)) : NO_ADDRESS;
    }

    /** @param kind as that of a bulk store or load */
    static void vectorBegin(int kind, long address, int length) {
        seenVectors = true;
        Recorder recorder = Recorders.current();
        recorder.vectorAddress = address;
        recorder.vectorLength = length;
        recorder.vectorKind = kind;
        recorder.foldAddress = NO_ADDRESS;
    }

    boolean isStoringVector() {
        return vectorLength != 0;
    }

    /** Whether a store or load is part of that of the vector. */
    private boolean isLane(long address) {
        if (vectorLength == 0) {
            return false;
        }
        if (Long.compareUnsigned(address - vectorAddress, vectorLength) < 0) {
            return true;
        }
        vectorLength = 0; // no room on the stack to hear of its end: what comes after it must not be lost as well
        return false;
    }

    /** Not inlined: the mask has to be an object in memory, and not just a vector in a register. */
    @DontInline
    static void vectorEnd(boolean failed, Object mask) {
        Recorder recorder = Recorders.existing();
        if (recorder == null || recorder.vectorLength == 0) {
            return;
        }
        long address = recorder.vectorAddress;
        int length = recorder.vectorLength;
        recorder.vectorLength = 0;
        if (failed) {
            return;
        }
        if (mask == null) {
            recorder.bulk(recorder.vectorKind, address, length);
        } else {
            recorder.lanes(address, length, (boolean[]) U.getReference(mask, PAYLOAD));
        }
    }

    /** Records each run of lanes that are set. */
    private void lanes(long address, int length, boolean[] set) {
        int size = length / set.length;
        for (int from = 0; from < set.length; ) {
            int to = from;
            while (to < set.length && set[to]) {
                to++;
            }
            bulk(vectorKind, address + (long) from * size, (long) (to - from) * size);
            from = to + 1;
        }
    }

    private void accessWithValue(long address, int aux) {
        if (Tracked.maybe(address)) {
            try {
                if (aux >>> 4 == LOAD) {
                    append(address, aux, U.getLong(Ring.STAMP));
                    return;
                }
                beginReading();
                appendWithValue(address, aux);
            } catch (Throwable e) {
                giveUp();
            } finally {
                reading = false;
            }
        }
    }

    /** From here on whoever takes a range out of the segments waits, or this thread sees that it was taken out. */
    private void beginReading() {
        U.putBooleanOpaque(this, READING, true);
        U.fullFence();
    }

    /** Of any thread's recorder. */
    boolean isReading() {
        return U.getBooleanVolatile(this, READING);
    }

    private void appendWithValue(long address, int aux) {
        if (isLane(address) || !isInSegment(address)) {
            return;
        }
        int known = currentSite();
        long slot = reserve(2);
        if (slot == 0) {
            return;
        }
        eventSlot = slot;
        position = slot + 2 * SLOT;
        eventEnd = position;
        U.putLong(null, slot + SLOT, (long) aux << AUX_SHIFT | address & ADDRESS_MASK);
        U.putLongRelease(null, slot, (long) VALUE_STORE << KIND_SHIFT | 2L << SLOTS_SHIFT | known);
        long own = nextStamp();
        try {
            U.putLong(null, slot + SLOT + 8, read(address, aux & 0xf));
        } finally {
            U.putLongRelease(null, slot + 8, own);
        }
    }

    private static long read(long address, int log2) {
        switch (log2) {
            case 0:
                return U.getByte(null, address) & 0xffL;
            case 1:
                return U.getShort(null, address) & 0xffffL;
            case 2:
                return U.getInt(null, address) & 0xffff_ffffL;
            default:
                return U.getLong(null, address);
        }
    }

    private long nextStamp() {
        stamp = U.getAndAddLong(null, Ring.STAMP, 1) + 1;
        return stamp;
    }

    /**
     * Records bytes that the latest store left.
     *
     * @param array array that holds them, or null for memory
     * @param from index in the array, or address
     * @param at address of the first byte stored, or its offset in a file
     */
    private void values(byte[] array, long from, long at, long length) {
        if (!Ring.VALUES) {
            return;
        }
        for (long done = 0; done < length; done += MAX_VALUES) {
            long part = Math.min(MAX_VALUES, length - done);
            appendValues(array, from + done, at + done, part);
        }
    }

    private void appendValues(byte[] array, long from, long at, long length) {
        int slots = 2 + (int) ((length + SLOT - 1) / SLOT);
        long slot = reserve(slots);
        if (slot == 0) {
            return;
        }
        eventSlot = slot;
        position = slot + (long) slots * SLOT;
        eventEnd = position;
        foldAddress = NO_ADDRESS;
        U.putLong(null, slot + SLOT, at);
        U.putLongRelease(null, slot, (long) VALUES << KIND_SHIFT | (long) slots << SLOTS_SHIFT);
        long own = nextStamp();
        long copied = 0;
        try {
            copy(array, from, slot + 2 * SLOT, length);
            copied = length;
        } finally {
            U.putLong(null, slot + SLOT + 8, copied);
            U.putLongRelease(null, slot + 8, own);
        }
    }

    private static void copy(byte[] array, long from, long to, long length) {
        if (array == null) {
            U.copyMemory(from, to, length);
            return;
        }
        for (int i = 0; i < length; i++) { // Unsafe's constants for arrays differ in type between JDKs
            U.putByte(null, to + i, array[(int) from + i]);
        }
    }

    /**
     * Records that bytes were written to a file through a descriptor.
     *
     * @param durable whether they are durable already
     * @param array array that holds the bytes, or null for memory
     * @param from index in the array, or address
     */
    void fileStore(FileIdentity file, long offset, long length, boolean durable, byte[] array, long from) {
        // The system call took long enough to look who made it: the marks stand for stores.
        event(FILE_STORE, null, lookedUpSite(), file.device, file.inode, offset, length, durable ? 1 : 0);
        try {
            values(array, from, offset, length);
        } catch (Throwable e) {
            giveUp();
        }
    }

    /** The same where the bytes are not at hand: with values, waits until the consumer has read them from the file. */
    void fileCopy(FileIdentity file, long offset, long length, boolean durable) {
        int kind = Ring.VALUES ? FILE_COPY : FILE_STORE;
        event(kind, null, lookedUpSite(), file.device, file.inode, offset, length, durable ? 1 : 0);
        if (Ring.VALUES) {
            awaitDelivery();
        }
    }

    /** The site of the call that is under way as the stack shows it. */
    int lookedUpSite() {
        try {
            return look(0);
        } catch (Throwable e) {
            giveUp();
            return 0;
        }
    }

    /**
     * Records a store or load of any length.
     *
     * @param kind of the store, or that it is a load
     */
    void bulk(int kind, long address, long length) {
        if (length <= 0 || !Tracked.overlaps(address, length)) {
            return;
        }
        if (Ring.VALUES && kind != LOAD) {
            bulkWithValues(kind, address, length);
            return;
        }
        try {
            appendBulk(kind, address, length);
        } catch (Throwable e) {
            giveUp();
        }
    }

    private void bulkWithValues(int kind, long address, long length) {
        try {
            beginReading();
            if (Tracked.overlaps(address, length)) {
                appendBulk(kind, address, length);
                values(null, address, address, length);
            }
        } catch (Throwable e) {
            giveUp();
        } finally {
            reading = false;
        }
    }

    private void appendBulk(int kind, long address, long length) {
        follow(U.getLong(Ring.STAMP));
        int known = currentSite();
        long from = address;
        for (long rest = length; rest > 0; ) {
            long part = Math.min(rest, 0xffff_f000L);
            long slot = reserve(1);
            if (slot == 0) {
                return;
            }
            U.putLong(null, slot + 8, part << 32 | known);
            U.putLongRelease(
                    null, slot, (long) BULK << KIND_SHIFT | (long) (kind << 4) << AUX_SHIFT | from & ADDRESS_MASK);
            position = slot + SLOT;
            from += part;
            rest -= part;
        }
        foldAddress = NO_ADDRESS;
    }

    /** Stores take the value of the counter as their stamp; it is written where it has changed. */
    private void follow(long now) {
        if (now != stamp) {
            single(SET_STAMP, now);
            stamp = now;
            newStamp = true;
        }
    }

    /** The site of the call that is under way, with its definition and, now and then, a stack written before it. */
    int currentSite() {
        int at = site;
        try {
            return needsLook(at) ? look(at) : at;
        } catch (Throwable e) {
            giveUp();
            return 0;
        }
    }

    private boolean needsLook(int at) {
        return at == 0 || isSampleDue(at) || Sites.lookAtAll;
    }

    private boolean isSampleDue(int at) {
        byte samples = Sites.seen[at];
        return samples == 0 || newStamp && samples < SAMPLES_BY_STAMP || newChunk && samples < SAMPLES_BY_CHUNK;
    }

    private int look(int at) {
        boolean due = at != 0 && isSampleDue(at);
        newChunk = false;
        newStamp = false;
        followName();
        boolean outer = handingOff;
        handingOff = true; // how the stack is walked is no deed of the program
        int found = Sites.look(this, at, due);
        handingOff = outer;
        if (at == 0 && !Sites.lookAtAll && Sites.isWoven(found)) {
            // A library that the place called has called back, and that took the mark back: what it does next is found
            // without a look.
            site = found;
        }
        return found;
    }

    private boolean isInSegment(long address) {
        return rangeGeneration == Tracked.generation && Long.compareUnsigned(address - rangeStart, rangeLength) < 0
                || locate(address);
    }

    private boolean locate(long address) {
        int generation = Tracked.generation; // before the ranges: these may be newer, but not older
        long[] ranges = Tracked.ranges;
        int i = Tracked.indexOf(ranges, address);
        if (i < 0) {
            return false;
        }
        rangeGeneration = generation;
        rangeStart = ranges[i];
        rangeLength = ranges[i + 1] - ranges[i];
        return true;
    }

    /** Records an event with a stamp of its own; see RecordLayout for the values of each kind. */
    void event(int kind, String text, long... values) {
        try {
            write(kind, text, values);
        } catch (Throwable e) {
            giveUp();
        }
        BiConsumer<Object, Object> observer = Observer.hears(kind) ? Observer.receiver : null;
        if (observer != null) {
            boolean outer = handingOff;
            handingOff = true; // how it is told is no deed of the program
            try {
                observer.accept(kind, new Object[] {values, stamp, text}); // no call between: it looks at the stack
            } catch (Throwable e) {
                // For lack of memory or of stack: what observes misses an event, and the program must not know.
            }
            handingOff = outer;
        }
    }

    private void write(int kind, String text, long[] values) {
        followName();
        byte[] bytes = text == null ? null : bytes(text);
        int payload = 8 * values.length + (bytes == null ? 0 : textBytes(bytes));
        int slots = 1 + (payload + SLOT - 1) / SLOT;
        long slot = reserve(slots);
        if (slot == 0) {
            return;
        }
        long at = putLongs(slot + SLOT, values);
        if (bytes != null) {
            putText(at, bytes);
        }
        U.putLongRelease(null, slot, (long) kind << KIND_SHIFT | (long) slots << SLOTS_SHIFT);
        U.putLongRelease(null, slot + 8, nextStamp());
        newStamp = true;
        position = slot + (long) slots * SLOT;
        eventSlot = slot;
        eventEnd = position;
        foldAddress = NO_ADDRESS;
    }

    /** Writes a definition. */
    void define(int kind, String[] texts, long... values) {
        byte[][] encoded = new byte[texts.length][];
        int payload = 8 * values.length;
        for (int i = 0; i < texts.length; i++) {
            encoded[i] = bytes(texts[i]);
            payload += textBytes(encoded[i]);
        }
        int slots = 1 + (payload + SLOT - 1) / SLOT;
        long slot = reserve(slots);
        if (slot == 0) {
            return;
        }
        long at = putLongs(slot + SLOT, values);
        for (byte[] text : encoded) {
            at = putText(at, text);
        }
        U.putLong(null, slot + 8, 0);
        U.putLongRelease(null, slot, (long) kind << KIND_SHIFT | (long) slots << SLOTS_SHIFT);
        position = slot + (long) slots * SLOT;
        foldAddress = NO_ADDRESS;
    }

    void single(int kind, long value) {
        long slot = reserve(1);
        if (slot == 0) {
            return;
        }
        U.putLong(null, slot + 8, value);
        U.putLongRelease(null, slot, (long) kind << KIND_SHIFT);
        position = slot + SLOT;
        foldAddress = NO_ADDRESS;
    }

    /** Address of that many free slots in a row, 0 when recording is over. */
    private long reserve(int slots) {
        long slot = position;
        if (slot + (long) slots * SLOT <= end) {
            return slot;
        }
        // Before the next chunk is taken: the consumer gives this one away as soon as it sees the next.
        if (slot < end) {
            U.putLongRelease(null, slot, (long) PAD << KIND_SHIFT);
            position = end;
        }
        long chunk = Ring.take(number, sequence);
        if (chunk == 0) {
            return 0;
        }
        sequence++;
        foldAddress = NO_ADDRESS;
        position = chunk;
        end = chunk + RingLayout.CHUNK_BYTES;
        newChunk = true;
        return chunk;
    }

    private static byte[] bytes(String text) {
        return (text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text).getBytes(StandardCharsets.UTF_8);
    }

    private static int textBytes(byte[] text) {
        return 8 + (text.length + 7 & ~7);
    }

    private static long putLongs(long at, long[] values) {
        for (int i = 0; i < values.length; i++) {
            U.putLong(null, at + 8L * i, values[i]);
        }
        return at + 8L * values.length;
    }

    private static long putText(long at, byte[] text) {
        U.putLong(null, at, text.length);
        for (int i = 0; i < text.length; i++) {
            U.putByte(null, at + 8 + i, text[i]);
        }
        return at + textBytes(text);
    }

    /** Waits until the consumer has dealt with everything this thread recorded. */
    void awaitDelivery() {
        Ring.awaitDelivery(stamp);
    }

    /** Words of the latest record, that of a store without its value. */
    long[] lastRecord() {
        long slot = position == eventEnd ? eventSlot : position - SLOT;
        long word = U.getLong(slot);
        if (word >>> KIND_SHIFT == VALUE_STORE) {
            return new long[] {(long) STORE << KIND_SHIFT | U.getLong(slot + SLOT), 1L << 32 | (int) word};
        }
        return new long[] {word, U.getLong(slot + 8)};
    }
}
