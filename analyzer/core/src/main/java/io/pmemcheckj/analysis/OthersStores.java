package io.pmemcheckj.analysis;

import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;

/**
 * Events of others, for a check that they are no part of: they map and flush what this check looks at, and what they store is
 * not this check's any more.
 */
final class OthersStores extends IgnoringVisitor {
    private final TraceVisitor check;

    OthersStores(TraceVisitor check) {
        this.check = check;
    }

    @Override
    public void store(int thread, int site, StoreKind kind, long address, long size, int count) {
        check.setClean(thread, site, address, size * count);
    }

    @Override
    public void property(String key, String value) {
        check.property(key, value);
    }

    @Override
    public void thread(int thread, String name) {
        check.thread(thread, name);
    }

    @Override
    public void site(int site, String className, String method, String file, int line) {
        check.site(site, className, method, file, line);
    }

    @Override
    public void stack(int stack, int[] sites) {
        check.stack(stack, sites);
    }

    @Override
    public void guardSite(int site) {
        check.guardSite(site);
    }

    @Override
    public void declaredOrder(String name, String first, String then) {
        check.declaredOrder(name, first, then);
    }

    @Override
    public void map(
            int thread,
            int site,
            long address,
            long length,
            long device,
            long inode,
            long offset,
            int flags,
            String path) {
        check.map(thread, site, address, length, device, inode, offset, flags, path);
    }

    @Override
    public void unmap(int thread, int site, long address, long length) {
        check.unmap(thread, site, address, length);
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        check.fileRemoved(thread, site, device, inode, path);
    }

    @Override
    public void setClean(int thread, int site, long address, long length) {
        check.setClean(thread, site, address, length);
    }

    @Override
    public void flush(int thread, int site, long address, long length) {
        check.flush(thread, site, address, length);
    }

    @Override
    public void fence(int thread, int site, boolean explicit) {
        check.fence(thread, site, explicit);
    }

    @Override
    public void forceBegin(int thread, int site, long address, long length) {
        check.forceBegin(thread, site, address, length);
    }

    @Override
    public void fileForceBegin(int thread, int site, long device, long inode) {
        check.fileForceBegin(thread, site, device, inode);
    }

    @Override
    public void persistBegin(int thread, int site, long address, long length) {
        check.persistBegin(thread, site, address, length);
    }

    @Override
    public void forceEnd(int thread, boolean failed) {
        check.forceEnd(thread, failed);
    }

    @Override
    public void gap(String reason) {
        check.gap(reason);
    }
}
