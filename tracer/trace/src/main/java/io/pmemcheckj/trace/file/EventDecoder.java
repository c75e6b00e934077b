package io.pmemcheckj.trace.file;

import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;

/** Decodes what {@link EventEncoder} encoded, frame after frame, and calls a visitor. */
final class EventDecoder {
    private final TraceVisitor visitor;
    private final BlockInput in = new BlockInput();
    private final AddressPredictor predictor = new AddressPredictor();
    private int thread;
    private int site;
    /** Address of the range read last, in bytes. */
    private long address;
    /** Length of the range read last, in bytes. */
    private long length;

    /** As in EventEncoder. */
    private long valueGuess;

    private boolean ended;

    EventDecoder(TraceVisitor visitor) {
        this.visitor = visitor;
    }

    /** Whether the end of the trace was among the events. */
    boolean ended() {
        return ended;
    }

    void decode(byte[] bytes, int count) throws MalformedEventException {
        in.start(bytes, count);
        while (!in.atEnd()) {
            int code = in.single();
            if ((code & EventCode.OTHER_THREAD) != 0) {
                thread = (int) in.signed();
            }
            if ((code & EventCode.STORE) != 0) {
                store(code);
            } else {
                event(code & EventCode.CODE_MASK);
            }
        }
    }

    private void store(int code) throws MalformedEventException {
        if ((code & EventCode.OTHER_SITE) != 0) {
            site();
        }
        int count = (code & EventCode.COUNT) == 0 ? 1 : (int) in.varint();
        long size = size(code);
        address(size * count);
        valueGuess = address;
        StoreKind kind = StoreKind.of(code >> EventCode.KIND_SHIFT & 3);
        visitor.store(thread, site, kind, address, size, count);
    }

    private long size(int code) throws MalformedEventException {
        return switch (code & 3) {
            case EventCode.SIZE_8 -> 8;
            case EventCode.SIZE_4 -> 4;
            case EventCode.SIZE_1 -> 1;
            default -> in.varint();
        };
    }

    private void event(int code) throws MalformedEventException {
        switch (code) {
            case EventCode.PROPERTY -> visitor.property(in.text(), in.text());
            case EventCode.THREAD -> visitor.thread((int) in.signed(), in.text());
            case EventCode.SITE -> defineSite();
            case EventCode.STACK -> defineStack();
            case EventCode.GUARD_SITE -> visitor.guardSite((int) in.signed());
            case EventCode.DECLARED_ORDER -> visitor.declaredOrder(in.text(), in.text(), in.text());
            case EventCode.SAMPLE -> visitor.sample(thread, (int) in.signed());
            case EventCode.FORCE_END -> visitor.forceEnd(thread, false);
            case EventCode.FORCE_FAILED -> visitor.forceEnd(thread, true);
            case EventCode.INTERNAL -> visitor.internal(thread, true);
            case EventCode.INTERNAL_END -> visitor.internal(thread, false);
            case EventCode.VALUE -> value();
            case EventCode.AUDITED -> visitor.audited(in.varint(), in.varint(), in.varint());
            case EventCode.UNTRACED_WRITE ->
                visitor.untracedWrite(in.varint(), in.varint(), in.varint(), in.varint(), in.text(), in.text());
            case EventCode.FILE_FOUND -> visitor.fileFound(in.varint(), in.varint(), in.varint(), in.text());
            case EventCode.FILE_CONTENT -> visitor.fileContent(in.varint(), in.varint(), in.varint(), in.bytes());
            case EventCode.GAP -> visitor.gap(in.text());
            case EventCode.END -> end();
            default -> {
                site();
                eventWithSite(code);
            }
        }
    }

    private void eventWithSite(int code) throws MalformedEventException {
        switch (code) {
            case EventCode.FILE_LOAD ->
                visitor.fileLoad(thread, site, in.varint(), in.varint(), in.varint(), in.varint());
            case EventCode.FENCE -> visitor.fence(thread, site, true);
            case EventCode.IMPLICIT_FENCE -> visitor.fence(thread, site, false);
            case EventCode.FILE_FORCE_BEGIN -> visitor.fileForceBegin(thread, site, in.varint(), in.varint());
            case EventCode.FILE_STORE -> fileStore();
            case EventCode.FILE_SIZE -> visitor.fileSize(thread, site, in.varint(), in.varint(), in.varint());
            case EventCode.BEGIN_TRANSACTION -> visitor.beginTransaction(thread, site, in.signed());
            case EventCode.END_TRANSACTION -> visitor.endTransaction(thread, site, in.signed());
            case EventCode.ADD_TO_TRANSACTION -> addToTransaction();
            case EventCode.REMOVE_FROM_TRANSACTION -> removeFromTransaction();
            case EventCode.JOIN_TRANSACTION -> visitor.joinTransaction(thread, site, in.signed());
            case EventCode.LEAVE_TRANSACTION -> visitor.leaveTransaction(thread, site, in.signed());
            case EventCode.BEGIN_UNDO_LOG -> visitor.beginUndoLog(thread, site, in.varint());
            case EventCode.ABORT_UNDO_LOG -> visitor.abortUndoLog(thread, site);
            case EventCode.END_UNDO_LOG -> visitor.endUndoLog(thread, site, true);
            case EventCode.END_UNPERSISTED_UNDO_LOG -> visitor.endUndoLog(thread, site, false);
            case EventCode.FILE_NAMED ->
                visitor.fileNamed(thread, site, in.varint(), in.varint(), in.varint(), in.single() != 0, in.text());
            case EventCode.FILE_REMOVED -> visitor.fileRemoved(thread, site, in.varint(), in.varint(), in.text());
            case EventCode.LOAD -> load();
            case EventCode.RELEASE -> visitor.release(thread, site, in.varint());
            case EventCode.ACQUIRE -> visitor.acquire(thread, site, in.varint());
            case EventCode.VOLATILE_POINTER -> volatilePointer();
            case EventCode.MARKER -> visitor.marker(thread, site, in.text());
            case EventCode.CHECKPOINT -> visitor.checkpoint(thread, site, in.text());
            default -> {
                range();
                eventWithRange(code);
            }
        }
    }

    private void eventWithRange(int code) throws MalformedEventException {
        switch (code) {
            case EventCode.MAP -> map();
            case EventCode.UNMAP -> visitor.unmap(thread, site, address, length);
            case EventCode.FLUSH -> visitor.flush(thread, site, address, length);
            case EventCode.FORCE_BEGIN -> visitor.forceBegin(thread, site, address, length);
            case EventCode.PERSIST_BEGIN -> visitor.persistBegin(thread, site, address, length);
            case EventCode.IGNORE_IN_TRANSACTIONS -> visitor.ignoreInTransactions(thread, site, address, length);
            case EventCode.SET_CLEAN -> visitor.setClean(thread, site, address, length);
            case EventCode.ADD_TO_UNDO_LOG -> visitor.addToUndoLog(thread, site, address, length, false);
            case EventCode.ADD_TO_UNDO_LOG_AUTOMATICALLY -> visitor.addToUndoLog(thread, site, address, length, true);
            case EventCode.ALLOCATED -> visitor.allocated(thread, site, address, length);
            case EventCode.FREED -> visitor.freed(thread, site, address, length);
            case EventCode.EXPECT_PERSISTED -> visitor.expectPersisted(thread, site, address, length);
            case EventCode.EXPECT_ORDERED -> expectOrdered();
            case EventCode.ATOMIC -> visitor.atomic(thread, site, address, length);
            case EventCode.CHECKSUMMED -> visitor.checksummed(thread, site, address, length);
            case EventCode.LABEL -> visitor.label(thread, site, address, length, in.text());
            default -> throw new MalformedEventException("there is no event with code " + code);
        }
    }

    private void defineSite() throws MalformedEventException {
        int number = (int) in.signed();
        String className = in.text();
        String method = in.text();
        String file = in.single() == 0 ? null : in.text();
        visitor.site(number, className, method, file, (int) in.signed());
    }

    private void defineStack() throws MalformedEventException {
        int number = (int) in.signed();
        int[] sites = new int[in.count()];
        for (int i = 0; i < sites.length; i++) {
            sites[i] = (int) in.signed();
        }
        visitor.stack(number, sites);
    }

    private void fileStore() throws MalformedEventException {
        long device = in.varint();
        long inode = in.varint();
        long offset = in.varint();
        valueGuess = offset;
        visitor.fileStore(thread, site, device, inode, offset, in.varint(), in.single() != 0);
    }

    private void value() throws MalformedEventException {
        long at = valueGuess + in.signed();
        int bytes = in.single();
        if (bytes < 1 || bytes > Long.BYTES) {
            throw new MalformedEventException("a value of " + bytes + " bytes");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.single() << 8 * i;
        }
        valueGuess = at + bytes;
        visitor.value(thread, at, bytes, value);
    }

    private void map() throws MalformedEventException {
        long device = in.varint();
        long inode = in.varint();
        long fileOffset = in.varint();
        int flags = (int) in.varint();
        visitor.map(thread, site, address, length, device, inode, fileOffset, flags, in.text());
    }

    private void addToTransaction() throws MalformedEventException {
        long transaction = in.signed();
        range();
        visitor.addToTransaction(thread, site, transaction, address, length);
    }

    private void removeFromTransaction() throws MalformedEventException {
        long transaction = in.signed();
        range();
        visitor.removeFromTransaction(thread, site, transaction, address, length);
    }

    private void load() throws MalformedEventException {
        long size = in.varint();
        int count = (int) in.varint();
        address(size * count);
        visitor.load(thread, site, address, size, count);
    }

    private void volatilePointer() throws MalformedEventException {
        address(Long.BYTES);
        visitor.volatilePointer(thread, site, address, in.varint());
    }

    private void expectOrdered() throws MalformedEventException {
        long firstAddress = address;
        long firstLength = length;
        range();
        visitor.expectOrdered(thread, site, firstAddress, firstLength, address, length);
    }

    private void end() {
        ended = true;
        visitor.end();
    }

    private void site() throws MalformedEventException {
        site += (int) in.signed();
    }

    private void range() throws MalformedEventException {
        int slot = predictor.slot(thread, site);
        address = predictor.guess(slot) + in.signed();
        length = in.varint();
        predictor.learn(slot, address + length);
    }

    private void address(long storedBytes) throws MalformedEventException {
        int slot = predictor.slot(thread, site);
        address = predictor.guess(slot) + in.signed();
        predictor.learn(slot, address + storedBytes);
    }
}
