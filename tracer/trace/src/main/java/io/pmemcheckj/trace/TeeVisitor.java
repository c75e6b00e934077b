package io.pmemcheckj.trace;

import java.util.List;

/** Passes every event to several visitors, in the order of the list. What one of them throws the caller gets. */
public final class TeeVisitor implements TraceVisitor {
    private final TraceVisitor[] visitors;

    public TeeVisitor(List<? extends TraceVisitor> visitors) {
        this.visitors = visitors.toArray(new TraceVisitor[0]);
    }

    @Override
    public void property(String key, String value) {
        for (TraceVisitor visitor : visitors) {
            visitor.property(key, value);
        }
    }

    @Override
    public void thread(int thread, String name) {
        for (TraceVisitor visitor : visitors) {
            visitor.thread(thread, name);
        }
    }

    @Override
    public void site(int site, String className, String method, String file, int line) {
        for (TraceVisitor visitor : visitors) {
            visitor.site(site, className, method, file, line);
        }
    }

    @Override
    public void stack(int stack, int[] sites) {
        for (TraceVisitor visitor : visitors) {
            visitor.stack(stack, sites);
        }
    }

    @Override
    public void sample(int thread, int stack) {
        for (TraceVisitor visitor : visitors) {
            visitor.sample(thread, stack);
        }
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
        for (TraceVisitor visitor : visitors) {
            visitor.map(thread, site, address, length, device, inode, fileOffset, flags, path);
        }
    }

    @Override
    public void unmap(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.unmap(thread, site, address, length);
        }
    }

    @Override
    public void store(int thread, int site, StoreKind kind, long address, long size, int count) {
        for (TraceVisitor visitor : visitors) {
            visitor.store(thread, site, kind, address, size, count);
        }
    }

    @Override
    public void fileStore(int thread, int site, long device, long inode, long offset, long length, boolean durable) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileStore(thread, site, device, inode, offset, length, durable);
        }
    }

    @Override
    public void fileSize(int thread, int site, long device, long inode, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileSize(thread, site, device, inode, length);
        }
    }

    @Override
    public void value(int thread, long at, int length, long bytes) {
        for (TraceVisitor visitor : visitors) {
            visitor.value(thread, at, length, bytes);
        }
    }

    @Override
    public void flush(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.flush(thread, site, address, length);
        }
    }

    @Override
    public void fence(int thread, int site, boolean explicit) {
        for (TraceVisitor visitor : visitors) {
            visitor.fence(thread, site, explicit);
        }
    }

    @Override
    public void forceBegin(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.forceBegin(thread, site, address, length);
        }
    }

    @Override
    public void fileForceBegin(int thread, int site, long device, long inode) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileForceBegin(thread, site, device, inode);
        }
    }

    @Override
    public void persistBegin(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.persistBegin(thread, site, address, length);
        }
    }

    @Override
    public void forceEnd(int thread, boolean failed) {
        for (TraceVisitor visitor : visitors) {
            visitor.forceEnd(thread, failed);
        }
    }

    @Override
    public void beginTransaction(int thread, int site, long transaction) {
        for (TraceVisitor visitor : visitors) {
            visitor.beginTransaction(thread, site, transaction);
        }
    }

    @Override
    public void endTransaction(int thread, int site, long transaction) {
        for (TraceVisitor visitor : visitors) {
            visitor.endTransaction(thread, site, transaction);
        }
    }

    @Override
    public void addToTransaction(int thread, int site, long transaction, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.addToTransaction(thread, site, transaction, address, length);
        }
    }

    @Override
    public void removeFromTransaction(int thread, int site, long transaction, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.removeFromTransaction(thread, site, transaction, address, length);
        }
    }

    @Override
    public void joinTransaction(int thread, int site, long transaction) {
        for (TraceVisitor visitor : visitors) {
            visitor.joinTransaction(thread, site, transaction);
        }
    }

    @Override
    public void leaveTransaction(int thread, int site, long transaction) {
        for (TraceVisitor visitor : visitors) {
            visitor.leaveTransaction(thread, site, transaction);
        }
    }

    @Override
    public void ignoreInTransactions(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.ignoreInTransactions(thread, site, address, length);
        }
    }

    @Override
    public void setClean(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.setClean(thread, site, address, length);
        }
    }

    @Override
    public void beginUndoLog(int thread, int site, long pool) {
        for (TraceVisitor visitor : visitors) {
            visitor.beginUndoLog(thread, site, pool);
        }
    }

    @Override
    public void addToUndoLog(int thread, int site, long address, long length, boolean automatic) {
        for (TraceVisitor visitor : visitors) {
            visitor.addToUndoLog(thread, site, address, length, automatic);
        }
    }

    @Override
    public void abortUndoLog(int thread, int site) {
        for (TraceVisitor visitor : visitors) {
            visitor.abortUndoLog(thread, site);
        }
    }

    @Override
    public void endUndoLog(int thread, int site, boolean persisted) {
        for (TraceVisitor visitor : visitors) {
            visitor.endUndoLog(thread, site, persisted);
        }
    }

    @Override
    public void allocated(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.allocated(thread, site, address, length);
        }
    }

    @Override
    public void freed(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.freed(thread, site, address, length);
        }
    }

    @Override
    public void internal(int thread, boolean begins) {
        for (TraceVisitor visitor : visitors) {
            visitor.internal(thread, begins);
        }
    }

    @Override
    public void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileNamed(thread, site, device, inode, directory, renamed, path);
        }
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileRemoved(thread, site, device, inode, path);
        }
    }

    @Override
    public void guardSite(int site) {
        for (TraceVisitor visitor : visitors) {
            visitor.guardSite(site);
        }
    }

    @Override
    public void fileLoad(int thread, int site, long device, long inode, long offset, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileLoad(thread, site, device, inode, offset, length);
        }
    }

    @Override
    public void fileFound(long device, long inode, long length, String path) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileFound(device, inode, length, path);
        }
    }

    @Override
    public void fileContent(long device, long inode, long offset, byte[] bytes) {
        for (TraceVisitor visitor : visitors) {
            visitor.fileContent(device, inode, offset, bytes);
        }
    }

    @Override
    public void declaredOrder(String name, String first, String then) {
        for (TraceVisitor visitor : visitors) {
            visitor.declaredOrder(name, first, then);
        }
    }

    @Override
    public void load(int thread, int site, long address, long size, int count) {
        for (TraceVisitor visitor : visitors) {
            visitor.load(thread, site, address, size, count);
        }
    }

    @Override
    public void release(int thread, int site, long object) {
        for (TraceVisitor visitor : visitors) {
            visitor.release(thread, site, object);
        }
    }

    @Override
    public void acquire(int thread, int site, long object) {
        for (TraceVisitor visitor : visitors) {
            visitor.acquire(thread, site, object);
        }
    }

    @Override
    public void volatilePointer(int thread, int site, long address, long value) {
        for (TraceVisitor visitor : visitors) {
            visitor.volatilePointer(thread, site, address, value);
        }
    }

    @Override
    public void marker(int thread, int site, String label) {
        for (TraceVisitor visitor : visitors) {
            visitor.marker(thread, site, label);
        }
    }

    @Override
    public void checkpoint(int thread, int site, String label) {
        for (TraceVisitor visitor : visitors) {
            visitor.checkpoint(thread, site, label);
        }
    }

    @Override
    public void expectPersisted(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.expectPersisted(thread, site, address, length);
        }
    }

    @Override
    public void expectOrdered(
            int thread, int site, long firstAddress, long firstLength, long secondAddress, long secondLength) {
        for (TraceVisitor visitor : visitors) {
            visitor.expectOrdered(thread, site, firstAddress, firstLength, secondAddress, secondLength);
        }
    }

    @Override
    public void atomic(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.atomic(thread, site, address, length);
        }
    }

    @Override
    public void checksummed(int thread, int site, long address, long length) {
        for (TraceVisitor visitor : visitors) {
            visitor.checksummed(thread, site, address, length);
        }
    }

    @Override
    public void label(int thread, int site, long address, long length, String name) {
        for (TraceVisitor visitor : visitors) {
            visitor.label(thread, site, address, length, name);
        }
    }

    @Override
    public void audited(long device, long inode, long bytes) {
        for (TraceVisitor visitor : visitors) {
            visitor.audited(device, inode, bytes);
        }
    }

    @Override
    public void untracedWrite(long device, long inode, long offset, long length, String expected, String found) {
        for (TraceVisitor visitor : visitors) {
            visitor.untracedWrite(device, inode, offset, length, expected, found);
        }
    }

    @Override
    public void gap(String reason) {
        for (TraceVisitor visitor : visitors) {
            visitor.gap(reason);
        }
    }

    @Override
    public void end() {
        for (TraceVisitor visitor : visitors) {
            visitor.end();
        }
    }
}
