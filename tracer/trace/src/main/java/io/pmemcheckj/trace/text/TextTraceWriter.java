package io.pmemcheckj.trace.text;

import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Writes each event as one line of text, which {@link TextTraceReader} reads back; FORMAT.md describes the lines. Sites
 * are spelled out where they are used, so their definitions give no lines of their own.
 *
 * <p>Every method throws {@link UncheckedIOException} if the output cannot be written.
 */
public final class TextTraceWriter implements TraceVisitor {
    private final Appendable out;
    private final StringBuilder line = new StringBuilder();
    private final Map<Integer, String> sites = new HashMap<>();

    public TextTraceWriter(Appendable out) {
        this.out = out;
    }

    @Override
    public void property(String key, String value) {
        verb("property").text(key).text(value).write();
    }

    @Override
    public void thread(int thread, String name) {
        verb("thread").number(thread).text(name).write();
    }

    @Override
    public void site(int site, String className, String method, String file, int sourceLine) {
        sites.put(site, new SourceSite(className, method, file, sourceLine).text());
    }

    @Override
    public void stack(int stack, int[] frames) {
        verb("stack").number(stack);
        for (int i = 0; i < frames.length; i++) {
            line.append(i == 0 ? ' ' : ';').append(siteText(frames[i]));
        }
        write();
    }

    @Override
    public void sample(int thread, int stack) {
        verb("sample").number(thread).number(stack).write();
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
        event("map", thread, site).range(address, length).file(device, inode);
        line.append(" offset=").append(fileOffset).append(" flags=");
        MapFlagNames.append(line, flags);
        line.append(" path=");
        Quoted.append(line, path);
        write();
    }

    @Override
    public void unmap(int thread, int site, long address, long length) {
        event("unmap", thread, site).range(address, length).write();
    }

    @Override
    public void store(int thread, int site, StoreKind kind, long address, long size, int count) {
        event("store", thread, site).range(address, size);
        if (count != 1) {
            line.append(" x").append(count);
        }
        if (kind != StoreKind.PLAIN) {
            line.append(' ').append(nameOf(kind));
        }
        write();
    }

    @Override
    public void guardSite(int site) {
        verb("guard-site").word(' ' + siteText(site)).write();
    }

    @Override
    public void declaredOrder(String name, String first, String then) {
        verb("declared-order").text(name).text(first).text(then).write();
    }

    @Override
    public void fileLoad(int thread, int site, long device, long inode, long offset, long length) {
        event("file-load", thread, site).file(device, inode);
        line.append(" offset=").append(offset).append(" length=").append(length);
        write();
    }

    @Override
    public void fileFound(long device, long inode, long length, String path) {
        verb("file-found").file(device, inode);
        line.append(" length=").append(length).append(" path=");
        Quoted.append(line, path);
        write();
    }

    @Override
    public void fileContent(long device, long inode, long offset, byte[] bytes) {
        verb("file-content").file(device, inode);
        line.append(" offset=").append(offset);
        text(HexFormat.of().formatHex(bytes)).write();
    }

    @Override
    public void load(int thread, int site, long address, long size, int count) {
        event("load", thread, site).range(address, size);
        if (count != 1) {
            line.append(" x").append(count);
        }
        write();
    }

    @Override
    public void release(int thread, int site, long object) {
        event("release", thread, site).object(object);
    }

    @Override
    public void acquire(int thread, int site, long object) {
        event("acquire", thread, site).object(object);
    }

    private void object(long object) {
        line.append(" 0x").append(Long.toHexString(object));
        write();
    }

    @Override
    public void fileStore(int thread, int site, long device, long inode, long offset, long length, boolean durable) {
        event("file-store", thread, site).file(device, inode);
        line.append(" offset=").append(offset).append(" length=").append(length);
        line.append(durable ? " durable" : "");
        write();
    }

    @Override
    public void fileSize(int thread, int site, long device, long inode, long length) {
        event("file-size", thread, site).file(device, inode);
        line.append(" length=").append(length);
        write();
    }

    @Override
    public void value(int thread, long at, int length, long bytes) {
        verb("value").number(thread);
        line.append(" 0x").append(Long.toHexString(at)).append(' ');
        HexBytes.append(line, length, bytes);
        write();
    }

    static String nameOf(StoreKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void flush(int thread, int site, long address, long length) {
        event("flush", thread, site).range(address, length).write();
    }

    @Override
    public void fence(int thread, int site, boolean explicit) {
        event("fence", thread, site).word(explicit ? "" : " implicit").write();
    }

    @Override
    public void forceBegin(int thread, int site, long address, long length) {
        event("force-begin", thread, site).range(address, length).write();
    }

    @Override
    public void fileForceBegin(int thread, int site, long device, long inode) {
        event("file-force-begin", thread, site).file(device, inode).write();
    }

    @Override
    public void persistBegin(int thread, int site, long address, long length) {
        event("persist-begin", thread, site).range(address, length).write();
    }

    @Override
    public void forceEnd(int thread, boolean failed) {
        verb("force-end").number(thread).word(failed ? " failed" : "").write();
    }

    @Override
    public void beginTransaction(int thread, int site, long transaction) {
        event("begin-transaction", thread, site).transaction(transaction).write();
    }

    @Override
    public void endTransaction(int thread, int site, long transaction) {
        event("end-transaction", thread, site).transaction(transaction).write();
    }

    @Override
    public void addToTransaction(int thread, int site, long transaction, long address, long length) {
        event("add-to-transaction", thread, site)
                .transaction(transaction)
                .range(address, length)
                .write();
    }

    @Override
    public void removeFromTransaction(int thread, int site, long transaction, long address, long length) {
        event("remove-from-transaction", thread, site)
                .transaction(transaction)
                .range(address, length)
                .write();
    }

    @Override
    public void joinTransaction(int thread, int site, long transaction) {
        event("join-transaction", thread, site).transaction(transaction).write();
    }

    @Override
    public void leaveTransaction(int thread, int site, long transaction) {
        event("leave-transaction", thread, site).transaction(transaction).write();
    }

    @Override
    public void ignoreInTransactions(int thread, int site, long address, long length) {
        event("ignore-in-transactions", thread, site).range(address, length).write();
    }

    @Override
    public void setClean(int thread, int site, long address, long length) {
        event("set-clean", thread, site).range(address, length).write();
    }

    @Override
    public void beginUndoLog(int thread, int site, long pool) {
        event("begin-undo-log", thread, site)
                .word(pool == 0 ? "" : " 0x" + Long.toHexString(pool))
                .write();
    }

    @Override
    public void addToUndoLog(int thread, int site, long address, long length, boolean automatic) {
        event("add-to-undo-log", thread, site)
                .range(address, length)
                .word(automatic ? " automatic" : "")
                .write();
    }

    @Override
    public void abortUndoLog(int thread, int site) {
        event("abort-undo-log", thread, site).write();
    }

    @Override
    public void endUndoLog(int thread, int site, boolean persisted) {
        event("end-undo-log", thread, site)
                .word(persisted ? "" : " unpersisted")
                .write();
    }

    @Override
    public void allocated(int thread, int site, long address, long length) {
        event("allocated", thread, site).range(address, length).write();
    }

    @Override
    public void freed(int thread, int site, long address, long length) {
        event("freed", thread, site).range(address, length).write();
    }

    @Override
    public void internal(int thread, boolean begins) {
        verb("internal").number(thread).word(begins ? "" : " end").write();
    }

    @Override
    public void fileNamed(int thread, int site, long device, long inode, long directory, boolean renamed, String path) {
        event("file-named", thread, site).file(device, inode);
        line.append(" directory=").append(Long.toUnsignedString(directory)).append(" path=");
        Quoted.append(line, path);
        word(renamed ? " renamed" : "").write();
    }

    @Override
    public void fileRemoved(int thread, int site, long device, long inode, String path) {
        event("file-removed", thread, site).file(device, inode);
        line.append(" path=");
        Quoted.append(line, path);
        write();
    }

    @Override
    public void volatilePointer(int thread, int site, long address, long value) {
        event("volatile-pointer", thread, site);
        line.append(" 0x").append(Long.toHexString(address)).append(" 0x").append(Long.toHexString(value));
        write();
    }

    @Override
    public void marker(int thread, int site, String label) {
        event("marker", thread, site).text(label).write();
    }

    @Override
    public void checkpoint(int thread, int site, String label) {
        event("checkpoint", thread, site).text(label).write();
    }

    @Override
    public void expectPersisted(int thread, int site, long address, long length) {
        event("expect-persisted", thread, site).range(address, length).write();
    }

    @Override
    public void expectOrdered(
            int thread, int site, long firstAddress, long firstLength, long secondAddress, long secondLength) {
        event("expect-ordered", thread, site)
                .range(firstAddress, firstLength)
                .range(secondAddress, secondLength)
                .write();
    }

    @Override
    public void atomic(int thread, int site, long address, long length) {
        event("atomic", thread, site).range(address, length).write();
    }

    @Override
    public void checksummed(int thread, int site, long address, long length) {
        event("checksummed", thread, site).range(address, length).write();
    }

    @Override
    public void label(int thread, int site, long address, long length, String name) {
        event("label", thread, site).range(address, length).text(name).write();
    }

    @Override
    public void audited(long device, long inode, long bytes) {
        verb("audited").file(device, inode);
        line.append(" length=").append(bytes);
        write();
    }

    @Override
    public void untracedWrite(long device, long inode, long offset, long length, String expected, String found) {
        verb("untraced-write").file(device, inode);
        line.append(" offset=").append(offset).append(" length=").append(length);
        text(expected).text(found).write();
    }

    @Override
    public void gap(String reason) {
        verb("gap").text(reason).write();
    }

    @Override
    public void end() {
        verb("end").write();
    }

    private TextTraceWriter verb(String verb) {
        line.setLength(0);
        line.append(verb);
        return this;
    }

    private TextTraceWriter event(String verb, int thread, int site) {
        verb(verb).number(thread);
        line.append(' ').append(siteText(site));
        return this;
    }

    private String siteText(int site) {
        return sites.getOrDefault(site, "-");
    }

    private TextTraceWriter number(int number) {
        line.append(' ').append(number);
        return this;
    }

    private TextTraceWriter text(String text) {
        line.append(' ');
        Quoted.append(line, text);
        return this;
    }

    /** @param word with the blank before it, or empty */
    private TextTraceWriter word(String word) {
        line.append(word);
        return this;
    }

    private TextTraceWriter range(long address, long length) {
        line.append(" 0x").append(Long.toHexString(address)).append(' ').append(length);
        return this;
    }

    private TextTraceWriter file(long device, long inode) {
        line.append(" device=").append(Long.toUnsignedString(device));
        line.append(" inode=").append(Long.toUnsignedString(inode));
        return this;
    }

    private TextTraceWriter transaction(long transaction) {
        line.append(' ');
        if (transaction == OWN_TRANSACTION) {
            line.append(TextTraceReader.OWN);
        } else {
            line.append(transaction);
        }
        return this;
    }

    private void write() {
        line.append('\n');
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
