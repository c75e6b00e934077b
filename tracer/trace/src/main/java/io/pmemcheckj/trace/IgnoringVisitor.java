package io.pmemcheckj.trace;

/** Base of visitors that look at a few kinds of events and let the others pass. */
public abstract class IgnoringVisitor implements TraceVisitor {
    @Override
    public void property(String key, String value) {}

    @Override
    public void thread(int thread, String name) {}

    @Override
    public void site(int site, String className, String method, String file, int line) {}

    @Override
    public void stack(int stack, int[] sites) {}

    @Override
    public void sample(int thread, int stack) {}

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
            String path) {}

    @Override
    public void unmap(int thread, int site, long address, long length) {}

    @Override
    public void store(int thread, int site, StoreKind kind, long address, long size, int count) {}

    @Override
    public void fileStore(int thread, int site, long device, long inode, long offset, long length, boolean durable) {}

    @Override
    public void fileSize(int thread, int site, long device, long inode, long length) {}

    @Override
    public void fileNamed(
            int thread, int site, long device, long inode, long directory, boolean renamed, String path) {}

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {}

    @Override
    public void guardSite(int site) {}

    @Override
    public void fileLoad(int thread, int site, long device, long inode, long offset, long length) {}

    @Override
    public void fileFound(long device, long inode, long length, String path) {}

    @Override
    public void fileContent(long device, long inode, long offset, byte[] bytes) {}

    @Override
    public void declaredOrder(String name, String first, String then) {}

    @Override
    public void load(int thread, int site, long address, long size, int count) {}

    @Override
    public void release(int thread, int site, long object) {}

    @Override
    public void acquire(int thread, int site, long object) {}

    @Override
    public void volatilePointer(int thread, int site, long address, long value) {}

    @Override
    public void value(int thread, long at, int length, long bytes) {}

    @Override
    public void flush(int thread, int site, long address, long length) {}

    @Override
    public void fence(int thread, int site, boolean explicit) {}

    @Override
    public void forceBegin(int thread, int site, long address, long length) {}

    @Override
    public void fileForceBegin(int thread, int site, long device, long inode) {}

    @Override
    public void persistBegin(int thread, int site, long address, long length) {}

    @Override
    public void forceEnd(int thread, boolean failed) {}

    @Override
    public void beginTransaction(int thread, int site, long transaction) {}

    @Override
    public void endTransaction(int thread, int site, long transaction) {}

    @Override
    public void addToTransaction(int thread, int site, long transaction, long address, long length) {}

    @Override
    public void removeFromTransaction(int thread, int site, long transaction, long address, long length) {}

    @Override
    public void joinTransaction(int thread, int site, long transaction) {}

    @Override
    public void leaveTransaction(int thread, int site, long transaction) {}

    @Override
    public void ignoreInTransactions(int thread, int site, long address, long length) {}

    @Override
    public void setClean(int thread, int site, long address, long length) {}

    @Override
    public void beginUndoLog(int thread, int site, long pool) {}

    @Override
    public void addToUndoLog(int thread, int site, long address, long length, boolean automatic) {}

    @Override
    public void abortUndoLog(int thread, int site) {}

    @Override
    public void endUndoLog(int thread, int site, boolean persisted) {}

    @Override
    public void allocated(int thread, int site, long address, long length) {}

    @Override
    public void freed(int thread, int site, long address, long length) {}

    @Override
    public void internal(int thread, boolean begins) {}

    @Override
    public void marker(int thread, int site, String label) {}

    @Override
    public void checkpoint(int thread, int site, String label) {}

    @Override
    public void expectPersisted(int thread, int site, long address, long length) {}

    @Override
    public void expectOrdered(
            int thread, int site, long firstAddress, long firstLength, long secondAddress, long secondLength) {}

    @Override
    public void atomic(int thread, int site, long address, long length) {}

    @Override
    public void checksummed(int thread, int site, long address, long length) {}

    @Override
    public void label(int thread, int site, long address, long length, String name) {}

    @Override
    public void audited(long device, long inode, long bytes) {}

    @Override
    public void untracedWrite(long device, long inode, long offset, long length, String expected, String found) {}

    @Override
    public void gap(String reason) {}

    @Override
    public void end() {}
}
