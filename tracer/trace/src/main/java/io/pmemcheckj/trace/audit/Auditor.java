package io.pmemcheckj.trace.audit;

import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.StoreKind;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replays the bytes stored over copies of the mapped files, taken when they were mapped, and compares what comes out with
 * the files when the trace ends. What differs was written by something that the tracer does not see.
 *
 * <p>It belongs in front of the visitors that hear of the result: {@link TraceVisitor#audited} and
 * {@link TraceVisitor#untracedWrite} come before the end of the trace. Where it cannot do its work it says so by a gap,
 * because an audit that was asked for and not made must not pass for a good one.
 *
 * <p>Not thread-safe, and only of use while the traced program waits for its mapping to be delivered.
 */
public final class Auditor extends IgnoringVisitor implements Closeable {
    /** Files that are not mapped any more are compared at once when there are more than this. */
    private static final int MOST_FILES = 500;

    private static final int NOT_AUDITED =
            MapFlags.READ_ONLY | MapFlags.PRIVATE | MapFlags.REGISTERED | MapFlags.LIBRARY;

    private record Identity(long device, long inode) {}

    /** A mapped range of a file. */
    private record Window(long start, long end, AuditedFile file, long offset) {
        boolean holds(long address) {
            return start <= address && address < end;
        }
    }

    private final TraceVisitor findings;
    private final List<Path> scratch;
    private final Map<Identity, AuditedFile> files = new LinkedHashMap<>();
    private final TreeMap<Long, Window> windows = new TreeMap<>();
    private final Map<Integer, AuditedFile> writtenByThread = new HashMap<>();
    private Window recent = new Window(0, 0, null, 0);
    private long program;

    /**
     * @param findings told what the audit finds
     * @param scratch folders for the copies, at least one; on the same file system as a file the copy is cheaper
     */
    public Auditor(TraceVisitor findings, List<Path> scratch) {
        this.findings = findings;
        this.scratch = List.copyOf(scratch);
    }

    @Override
    public void property(String key, String value) {
        if (key.equals("pid")) {
            program = Long.parseLong(value);
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
        cut(address, address + length);
        if ((flags & NOT_AUDITED) != 0 || length <= 0) {
            return;
        }
        AuditedFile file = file(new Identity(device, inode), path);
        if (file != null) {
            attempt(file, () -> file.mapped(fileOffset, length));
            windows.put(address, new Window(address, address + length, file, fileOffset));
        }
    }

    private AuditedFile file(Identity identity, String path) {
        AuditedFile known = files.get(identity);
        if (known != null && !known.path().equals(path) && known.mappings() == 0) {
            finish(known); // its inode went to another file
            known = null;
        }
        if (known == null) {
            makeRoom();
            try {
                known = AuditedFile.open(identity.device(), identity.inode(), path, program, scratch);
                files.put(identity, known);
            } catch (IOException e) {
                findings.gap("the audit has no copy of " + path + ": " + e.getMessage());
            }
        }
        return known;
    }

    private void makeRoom() {
        if (files.size() >= MOST_FILES) {
            for (AuditedFile file : List.copyOf(files.values())) {
                if (file.mappings() == 0) {
                    finish(file);
                }
            }
        }
    }

    @Override
    public void unmap(int thread, int site, long address, long length) {
        cut(address, address + length);
    }

    /** Takes a part of the address space out of all windows. */
    private void cut(long from, long to) {
        recent = new Window(0, 0, null, 0);
        Map.Entry<Long, Window> first = windows.floorEntry(from);
        long start = first != null && first.getValue().end() > from ? first.getKey() : from;
        for (Window window : new ArrayList<>(windows.subMap(start, to).values())) {
            windows.remove(window.start());
            window.file().unmapped();
            keep(window, window.start(), Math.min(window.end(), from));
            keep(window, Math.max(window.start(), to), window.end());
            if (window.file().mappings() == 0 && window.file().isDeleted()) {
                finish(window.file());
            }
        }
    }

    private void keep(Window window, long from, long to) {
        if (from < to) {
            windows.put(from, new Window(from, to, window.file(), window.offset() + (from - window.start())));
            window.file().mappedStill();
        }
    }

    @Override
    public void store(int thread, int site, StoreKind kind, long address, long size, int count) {
        if (!writtenByThread.isEmpty()) {
            writtenByThread.remove(thread);
        }
    }

    @Override
    public void fileStore(int thread, int site, long device, long inode, long offset, long length, boolean durable) {
        AuditedFile file = files.get(new Identity(device, inode));
        if (file == null) {
            writtenByThread.remove(thread); // the offsets of its values are no addresses of a mapping
        } else {
            writtenByThread.put(thread, file);
            attempt(file, () -> file.accept(offset, length));
        }
    }

    @Override
    public void fileSize(int thread, int site, long device, long inode, long length) {
        AuditedFile file = files.get(new Identity(device, inode));
        if (file != null) {
            attempt(file, () -> file.resized(length));
        }
    }

    @Override
    public void value(int thread, long at, int length, long bytes) {
        AuditedFile file = writtenByThread.isEmpty() ? null : writtenByThread.get(thread);
        if (file != null) {
            attempt(file, () -> file.put(at, length, bytes));
            return;
        }
        long address = at;
        for (int done = 0; done < length; ) {
            Window window = window(address);
            if (window == null) {
                return; // it goes beyond the mapping
            }
            int part = (int) Math.min(length - done, window.end() - address);
            put(window, address, part, bytes >>> 8 * done);
            done += part;
            address += part;
        }
    }

    private void put(Window window, long address, int length, long bytes) {
        AuditedFile file = window.file();
        try {
            file.put(window.offset() + (address - window.start()), length, bytes);
        } catch (IOException | InternalError e) {
            failed(file, e);
        }
    }

    private Window window(long address) {
        if (!recent.holds(address)) {
            Map.Entry<Long, Window> entry = windows.floorEntry(address);
            if (entry == null || !entry.getValue().holds(address)) {
                return null;
            }
            recent = entry.getValue();
        }
        return recent;
    }

    @Override
    public void end() {
        for (AuditedFile file : List.copyOf(files.values())) {
            finish(file);
        }
    }

    private void finish(AuditedFile file) {
        files.remove(new Identity(file.device(), file.inode()));
        attempt(file, () -> file.compare(findings));
        writtenByThread.values().removeIf(written -> written == file);
        file.close();
    }

    /** Something with files. */
    private interface FileWork {
        void run() throws IOException;
    }

    private void attempt(AuditedFile file, FileWork work) {
        try {
            work.run();
        } catch (IOException | InternalError e) { // the latter where a mapped copy finds the disk full
            failed(file, e);
        }
    }

    private void failed(AuditedFile file, Throwable e) {
        if (file.giveUp()) {
            findings.gap("the audit of " + file.path() + " had to stop: " + e.getMessage());
        }
    }

    /** Drops the copies. */
    @Override
    public void close() {
        files.values().forEach(AuditedFile::close);
        files.clear();
    }
}
