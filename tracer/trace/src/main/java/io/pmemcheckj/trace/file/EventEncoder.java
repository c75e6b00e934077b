package io.pmemcheckj.trace.file;

import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;

/**
 * Encodes events; FORMAT.md describes the encoding and {@link EventDecoder} undoes it. Nothing is allocated for an
 * event without text.
 */
class EventEncoder implements TraceVisitor {
    /** More than any event takes without its strings and frames. */
    private static final int MAX_EVENT = 96;

    private final BlockOutput out;
    private final AddressPredictor predictor = new AddressPredictor();
    private int lastThread;
    private int lastSite;
    /** Where the next value is, most likely: at the store before, or behind the value before. */
    private long valueGuess;

    EventEncoder(BlockOutput out) {
        this.out = out;
    }

    @Override
    public void store(int thread, int site, StoreKind kind, long address, long size, int count) {
        out.reserve(MAX_EVENT);
        int sizeCode = sizeCode(size);
        int code = EventCode.STORE | kind.ordinal() << EventCode.KIND_SHIFT | sizeCode;
        code |= count == 1 ? 0 : EventCode.COUNT;
        code |= site == lastSite ? 0 : EventCode.OTHER_SITE;
        begin(code, thread);
        if (site != lastSite) {
            siteDifference(site);
        }
        if (count != 1) {
            out.varint(count);
        }
        if (sizeCode == EventCode.SIZE_OTHER) {
            out.varint(size);
        }
        address(address, size * count);
        valueGuess = address;
        out.finish();
    }

    @Override
    public void fileStore(int thread, int site, long device, long inode, long offset, long length, boolean durable) {
        out.reserve(MAX_EVENT);
        event(EventCode.FILE_STORE, thread, site);
        out.varint(device);
        out.varint(inode);
        out.varint(offset);
        out.varint(length);
        out.single(durable ? 1 : 0);
        valueGuess = offset;
        out.finish();
    }

    @Override
    public void fileSize(int thread, int site, long device, long inode, long length) {
        out.reserve(MAX_EVENT);
        event(EventCode.FILE_SIZE, thread, site);
        out.varint(device);
        out.varint(inode);
        out.varint(length);
        out.finish();
    }

    @Override
    public void value(int thread, long at, int length, long bytes) {
        out.reserve(MAX_EVENT);
        begin(EventCode.VALUE, thread);
        out.signed(at - valueGuess);
        valueGuess = at + length;
        out.single(length);
        for (int i = 0; i < length; i++) {
            out.single((int) (bytes >>> 8 * i));
        }
        out.finish();
    }

    private static int sizeCode(long size) {
        return size == 8
                ? EventCode.SIZE_8
                : size == 4 ? EventCode.SIZE_4 : size == 1 ? EventCode.SIZE_1 : EventCode.SIZE_OTHER;
    }

    @Override
    public void property(String key, String value) {
        byte[] keyText = BlockOutput.utf8(key);
        byte[] valueText = BlockOutput.utf8(value);
        out.reserve(MAX_EVENT + keyText.length + valueText.length);
        out.single(EventCode.PROPERTY);
        out.text(keyText);
        out.text(valueText);
        out.finish();
    }

    @Override
    public void thread(int thread, String name) {
        byte[] text = BlockOutput.utf8(name);
        out.reserve(MAX_EVENT + text.length);
        out.single(EventCode.THREAD);
        out.signed(thread);
        out.text(text);
        out.finish();
    }

    @Override
    public void site(int site, String className, String method, String file, int line) {
        byte[] classText = BlockOutput.utf8(className);
        byte[] methodText = BlockOutput.utf8(method);
        byte[] fileText = file == null ? null : BlockOutput.utf8(file);
        out.reserve(MAX_EVENT + classText.length + methodText.length + (fileText == null ? 0 : fileText.length));
        out.single(EventCode.SITE);
        out.signed(site);
        out.text(classText);
        out.text(methodText);
        out.single(fileText == null ? 0 : 1);
        if (fileText != null) {
            out.text(fileText);
        }
        out.signed(line);
        out.finish();
    }

    @Override
    public void stack(int stack, int[] sites) {
        out.reserve(MAX_EVENT + BlockOutput.MAX_VARINT * sites.length);
        out.single(EventCode.STACK);
        out.signed(stack);
        out.varint(sites.length);
        for (int site : sites) {
            out.signed(site);
        }
        out.finish();
    }

    @Override
    public void sample(int thread, int stack) {
        out.reserve(MAX_EVENT);
        begin(EventCode.SAMPLE, thread);
        out.signed(stack);
        out.finish();
    }

    @Override
    public void map(
            int thread,
            int site,
            long address,
            long length,
            long device,
            long inode,
            long fileOffset,
            int flags,
            String path) {
        byte[] pathText = BlockOutput.utf8(path);
        out.reserve(MAX_EVENT + pathText.length);
        event(EventCode.MAP, thread, site);
        range(address, length);
        out.varint(device);
        out.varint(inode);
        out.varint(fileOffset);
        out.varint(flags);
        out.text(pathText);
        out.finish();
    }

    @Override
    public void unmap(int thread, int site, long address, long length) {
        rangeEvent(EventCode.UNMAP, thread, site, address, length);
    }

    @Override
    public void flush(int thread, int site, long address, long length) {
        rangeEvent(EventCode.FLUSH, thread, site, address, length);
    }

    @Override
    public void fence(int thread, int site, boolean explicit) {
        siteEvent(explicit ? EventCode.FENCE : EventCode.IMPLICIT_FENCE, thread, site);
    }

    @Override
    public void forceBegin(int thread, int site, long address, long length) {
        rangeEvent(EventCode.FORCE_BEGIN, thread, site, address, length);
    }

    @Override
    public void fileForceBegin(int thread, int site, long device, long inode) {
        out.reserve(MAX_EVENT);
        event(EventCode.FILE_FORCE_BEGIN, thread, site);
        out.varint(device);
        out.varint(inode);
        out.finish();
    }

    @Override
    public void persistBegin(int thread, int site, long address, long length) {
        rangeEvent(EventCode.PERSIST_BEGIN, thread, site, address, length);
    }

    @Override
    public void forceEnd(int thread, boolean failed) {
        out.reserve(MAX_EVENT);
        begin(failed ? EventCode.FORCE_FAILED : EventCode.FORCE_END, thread);
        out.finish();
    }

    @Override
    public void beginTransaction(int thread, int site, long transaction) {
        transactionEvent(EventCode.BEGIN_TRANSACTION, thread, site, transaction);
    }

    @Override
    public void endTransaction(int thread, int site, long transaction) {
        transactionEvent(EventCode.END_TRANSACTION, thread, site, transaction);
    }

    @Override
    public void addToTransaction(int thread, int site, long transaction, long address, long length) {
        transactionRangeEvent(EventCode.ADD_TO_TRANSACTION, thread, site, transaction, address, length);
    }

    @Override
    public void removeFromTransaction(int thread, int site, long transaction, long address, long length) {
        transactionRangeEvent(EventCode.REMOVE_FROM_TRANSACTION, thread, site, transaction, address, length);
    }

    @Override
    public void joinTransaction(int thread, int site, long transaction) {
        transactionEvent(EventCode.JOIN_TRANSACTION, thread, site, transaction);
    }

    @Override
    public void leaveTransaction(int thread, int site, long transaction) {
        transactionEvent(EventCode.LEAVE_TRANSACTION, thread, site, transaction);
    }

    @Override
    public void ignoreInTransactions(int thread, int site, long address, long length) {
        rangeEvent(EventCode.IGNORE_IN_TRANSACTIONS, thread, site, address, length);
    }

    @Override
    public void setClean(int thread, int site, long address, long length) {
        rangeEvent(EventCode.SET_CLEAN, thread, site, address, length);
    }

    @Override
    public void beginUndoLog(int thread, int site, long pool) {
        out.reserve(MAX_EVENT);
        event(EventCode.BEGIN_UNDO_LOG, thread, site);
        out.varint(pool);
        out.finish();
    }

    @Override
    public void addToUndoLog(int thread, int site, long address, long length, boolean automatic) {
        int code = automatic ? EventCode.ADD_TO_UNDO_LOG_AUTOMATICALLY : EventCode.ADD_TO_UNDO_LOG;
        rangeEvent(code, thread, site, address, length);
    }

    @Override
    public void abortUndoLog(int thread, int site) {
        siteEvent(EventCode.ABORT_UNDO_LOG, thread, site);
    }

    @Override
    public void endUndoLog(int thread, int site, boolean persisted) {
        siteEvent(persisted ? EventCode.END_UNDO_LOG : EventCode.END_UNPERSISTED_UNDO_LOG, thread, site);
    }

    @Override
    public void allocated(int thread, int site, long address, long length) {
        rangeEvent(EventCode.ALLOCATED, thread, site, address, length);
    }

    @Override
    public void freed(int thread, int site, long address, long length) {
        rangeEvent(EventCode.FREED, thread, site, address, length);
    }

    @Override
    public void internal(int thread, boolean begins) {
        out.reserve(MAX_EVENT);
        begin(begins ? EventCode.INTERNAL : EventCode.INTERNAL_END, thread);
        out.finish();
    }

    @Override
    public void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path) {
        byte[] text = BlockOutput.utf8(path);
        out.reserve(MAX_EVENT + text.length);
        event(EventCode.FILE_NAMED, thread, site);
        out.varint(device);
        out.varint(inode);
        out.varint(directory);
        out.single(renamed ? 1 : 0);
        out.text(text);
        out.finish();
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        byte[] text = BlockOutput.utf8(path);
        out.reserve(MAX_EVENT + text.length);
        event(EventCode.FILE_REMOVED, thread, site);
        out.varint(device);
        out.varint(inode);
        out.text(text);
        out.finish();
    }

    @Override
    public void guardSite(int site) {
        out.reserve(MAX_EVENT);
        out.single(EventCode.GUARD_SITE);
        out.signed(site);
        out.finish();
    }

    @Override
    public void declaredOrder(String name, String first, String then) {
        byte[] nameText = BlockOutput.utf8(name);
        byte[] firstText = BlockOutput.utf8(first);
        byte[] thenText = BlockOutput.utf8(then);
        out.reserve(MAX_EVENT + nameText.length + firstText.length + thenText.length);
        out.single(EventCode.DECLARED_ORDER);
        out.text(nameText);
        out.text(firstText);
        out.text(thenText);
        out.finish();
    }

    @Override
    public void fileLoad(int thread, int site, long device, long inode, long offset, long length) {
        out.reserve(MAX_EVENT);
        event(EventCode.FILE_LOAD, thread, site);
        out.varint(device);
        out.varint(inode);
        out.varint(offset);
        out.varint(length);
        out.finish();
    }

    @Override
    public void fileFound(long device, long inode, long length, String path) {
        byte[] text = BlockOutput.utf8(path);
        out.reserve(MAX_EVENT + text.length);
        out.single(EventCode.FILE_FOUND);
        out.varint(device);
        out.varint(inode);
        out.varint(length);
        out.text(text);
        out.finish();
    }

    @Override
    public void fileContent(long device, long inode, long offset, byte[] bytes) {
        out.reserve(MAX_EVENT + bytes.length);
        out.single(EventCode.FILE_CONTENT);
        out.varint(device);
        out.varint(inode);
        out.varint(offset);
        out.text(bytes);
        out.finish();
    }

    @Override
    public void load(int thread, int site, long address, long size, int count) {
        out.reserve(MAX_EVENT);
        event(EventCode.LOAD, thread, site);
        out.varint(size);
        out.varint(count);
        address(address, size * count);
        out.finish();
    }

    @Override
    public void release(int thread, int site, long object) {
        objectEvent(EventCode.RELEASE, thread, site, object);
    }

    @Override
    public void acquire(int thread, int site, long object) {
        objectEvent(EventCode.ACQUIRE, thread, site, object);
    }

    private void objectEvent(int code, int thread, int site, long object) {
        out.reserve(MAX_EVENT);
        event(code, thread, site);
        out.varint(object);
        out.finish();
    }

    @Override
    public void volatilePointer(int thread, int site, long address, long value) {
        out.reserve(MAX_EVENT);
        event(EventCode.VOLATILE_POINTER, thread, site);
        address(address, Long.BYTES);
        out.varint(value);
        out.finish();
    }

    @Override
    public void marker(int thread, int site, String label) {
        textEvent(EventCode.MARKER, thread, site, label);
    }

    @Override
    public void checkpoint(int thread, int site, String label) {
        textEvent(EventCode.CHECKPOINT, thread, site, label);
    }

    @Override
    public void expectPersisted(int thread, int site, long address, long length) {
        rangeEvent(EventCode.EXPECT_PERSISTED, thread, site, address, length);
    }

    @Override
    public void expectOrdered(
            int thread, int site, long firstAddress, long firstLength, long secondAddress, long secondLength) {
        out.reserve(MAX_EVENT);
        event(EventCode.EXPECT_ORDERED, thread, site);
        range(firstAddress, firstLength);
        range(secondAddress, secondLength);
        out.finish();
    }

    @Override
    public void atomic(int thread, int site, long address, long length) {
        rangeEvent(EventCode.ATOMIC, thread, site, address, length);
    }

    @Override
    public void checksummed(int thread, int site, long address, long length) {
        rangeEvent(EventCode.CHECKSUMMED, thread, site, address, length);
    }

    @Override
    public void label(int thread, int site, long address, long length, String name) {
        byte[] text = BlockOutput.utf8(name);
        out.reserve(MAX_EVENT + text.length);
        event(EventCode.LABEL, thread, site);
        range(address, length);
        out.text(text);
        out.finish();
    }

    @Override
    public void audited(long device, long inode, long bytes) {
        out.reserve(MAX_EVENT);
        out.single(EventCode.AUDITED);
        out.varint(device);
        out.varint(inode);
        out.varint(bytes);
        out.finish();
    }

    @Override
    public void untracedWrite(long device, long inode, long offset, long length, String expected, String found) {
        byte[] expectedText = BlockOutput.utf8(expected);
        byte[] foundText = BlockOutput.utf8(found);
        out.reserve(MAX_EVENT + expectedText.length + foundText.length);
        out.single(EventCode.UNTRACED_WRITE);
        out.varint(device);
        out.varint(inode);
        out.varint(offset);
        out.varint(length);
        out.text(expectedText);
        out.text(foundText);
        out.finish();
    }

    @Override
    public void gap(String reason) {
        byte[] text = BlockOutput.utf8(reason);
        out.reserve(MAX_EVENT + text.length);
        out.single(EventCode.GAP);
        out.text(text);
        out.finish();
    }

    @Override
    public void end() {
        out.reserve(MAX_EVENT);
        out.single(EventCode.END);
        out.finish();
    }

    private void siteEvent(int code, int thread, int site) {
        out.reserve(MAX_EVENT);
        event(code, thread, site);
        out.finish();
    }

    private void rangeEvent(int code, int thread, int site, long address, long length) {
        out.reserve(MAX_EVENT);
        event(code, thread, site);
        range(address, length);
        out.finish();
    }

    private void transactionEvent(int code, int thread, int site, long transaction) {
        out.reserve(MAX_EVENT);
        event(code, thread, site);
        out.signed(transaction);
        out.finish();
    }

    private void transactionRangeEvent(int code, int thread, int site, long transaction, long address, long length) {
        out.reserve(MAX_EVENT);
        event(code, thread, site);
        out.signed(transaction);
        range(address, length);
        out.finish();
    }

    private void textEvent(int code, int thread, int site, String label) {
        byte[] text = BlockOutput.utf8(label);
        out.reserve(MAX_EVENT + text.length);
        event(code, thread, site);
        out.text(text);
        out.finish();
    }

    /** The code, and the thread if it is another than that of the event before. */
    private void begin(int code, int thread) {
        if (thread == lastThread) {
            out.single(code);
        } else {
            out.single(code | EventCode.OTHER_THREAD);
            out.signed(thread);
            lastThread = thread;
        }
    }

    private void event(int code, int thread, int site) {
        begin(code, thread);
        siteDifference(site);
    }

    private void siteDifference(int site) {
        out.signed(site - lastSite);
        lastSite = site;
    }

    private void range(long address, long length) {
        address(address, length);
        out.varint(length);
    }

    /** The address of the event that began, as the difference to the guess. */
    private void address(long address, long length) {
        int slot = predictor.slot(lastThread, lastSite);
        out.signed(address - predictor.guess(slot));
        predictor.learn(slot, address + length);
    }
}
