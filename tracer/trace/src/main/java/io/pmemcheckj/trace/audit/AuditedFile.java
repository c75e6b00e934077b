package io.pmemcheckj.trace.audit;

import io.pmemcheckj.trace.FileLookup;
import io.pmemcheckj.trace.TraceVisitor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A mapped file and what it should hold. */
final class AuditedFile implements Closeable {
    private static final int BLOCK = 1 << 20;
    /** Differences closer than this, in bytes, are one. */
    private static final int NEAR = 8;

    private static final int SHOWN = 16;
    /** More differences than this in one file are not told apart. */
    private static final int MOST_DIFFERENCES = 1000;

    private final long device;
    private final long inode;
    private final String path;
    private final FileChannel file; // stays open: the program may delete the file
    private final Image expected;
    private final Ranges mapped = new Ranges();
    private int mappings;
    private boolean givenUp;

    private AuditedFile(long device, long inode, String path, FileChannel file, Image expected) {
        this.device = device;
        this.inode = inode;
        this.path = path;
        this.file = file;
        this.expected = expected;
    }

    /**
     * Takes a copy of a file.
     *
     * @param path its path as the program knows it
     * @param program process that has it open, in case the path leads elsewhere by now
     * @param scratch folders for the copy
     * @throws IOException when it cannot be read or there is no room for the copy
     */
    static AuditedFile open(long device, long inode, String path, long program, List<Path> scratch) throws IOException {
        Path source = FileLookup.locate(device, inode, path, program);
        FileChannel file = FileChannel.open(source, StandardOpenOption.READ);
        try {
            return new AuditedFile(device, inode, path, file, Image.of(source, scratch));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    long device() {
        return device;
    }

    long inode() {
        return inode;
    }

    String path() {
        return path;
    }

    /** Number of mappings that show the file now. */
    int mappings() {
        return mappings;
    }

    void mapped(long offset, long length) throws IOException {
        mappedStill();
        mapped.add(offset, offset + length);
        if (!givenUp) {
            expected.extendTo(offset + length);
        }
    }

    void mappedStill() {
        mappings++;
    }

    void unmapped() {
        mappings--;
    }

    boolean isDeleted() {
        return !FileLookup.isFile(Path.of(path), device, inode);
    }

    /** Nothing more is said about this file, and the room its copy takes is free. @return false if that was so before */
    boolean giveUp() {
        boolean first = !givenUp;
        givenUp = true;
        close();
        return first;
    }

    void put(long offset, int length, long bytes) throws IOException {
        if (!givenUp) {
            expected.put(offset, length, bytes);
        }
    }

    /** Takes what the file holds now for what it should hold: written through a descriptor, by a call the trace shows. */
    void accept(long offset, long length) throws IOException {
        if (givenUp) {
            return;
        }
        ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(BLOCK, length));
        for (long at = offset; at < offset + length; at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), offset + length - at));
            read(file, block, at);
            expected.write(block, at);
        }
    }

    void resized(long length) throws IOException {
        if (!givenUp) {
            expected.resize(length);
        }
    }

    /** Compares what was mapped at any time, as far as the file still reaches, and tells what differs. */
    void compare(TraceVisitor findings) throws IOException {
        if (givenUp) {
            return;
        }
        long size = file.size();
        Differences differences = new Differences(findings);
        int block = (int) Math.min(BLOCK, size);
        ByteBuffer found = ByteBuffer.allocateDirect(block);
        ByteBuffer should = ByteBuffer.allocateDirect(block);
        long compared = 0;
        for (Map.Entry<Long, Long> range : mapped.all()) {
            long end = Math.min(range.getValue(), size);
            for (long at = range.getKey(); at < end; at += BLOCK) {
                int length = (int) Math.min(BLOCK, end - at);
                read(file, found.clear().limit(length), at);
                expected.read(should.clear().limit(length), at);
                compareBlock(at, found, should, differences);
                compared += length;
            }
        }
        differences.close();
        findings.audited(device, inode, compared);
    }

    private void compareBlock(long offset, ByteBuffer found, ByteBuffer should, Differences differences)
            throws IOException {
        int length = found.limit();
        int at = 0;
        while (at < length) {
            int next = found.slice(at, length - at).mismatch(should.slice(at, length - at));
            if (next < 0) {
                return;
            }
            at += next;
            differences.add(offset + at, should.get(at), found.get(at));
            at++;
        }
    }

    /** Fills the buffer; what lies beyond the end of the file is 0. The buffer is then ready to be read. */
    static void read(FileChannel from, ByteBuffer to, long offset) throws IOException {
        while (to.hasRemaining() && from.read(to, offset + to.position()) >= 0) {}
        while (to.hasRemaining()) {
            to.put((byte) 0);
        }
        to.flip();
    }

    @Override
    public void close() {
        try {
            expected.close();
            file.close();
        } catch (IOException e) {
            // Only read from, and the copy is thrown away.
        }
    }

    /** Joins bytes that differ to ranges. */
    private final class Differences {
        private final TraceVisitor findings;
        private final StringBuilder should = new StringBuilder();
        private final StringBuilder found = new StringBuilder();
        private long start = -1;
        private long end;
        private int told;

        Differences(TraceVisitor findings) {
            this.findings = findings;
        }

        void add(long at, byte expectedByte, byte foundByte) throws IOException {
            boolean joins = start >= 0 && (at - end < NEAR || told >= MOST_DIFFERENCES);
            if (!joins) {
                close();
                start = at;
                end = at;
            }
            for (; end < at && end - start < SHOWN; end++) {
                hex(should, byteAt(end)); // equal bytes between two that differ
                hex(found, byteAt(end));
            }
            if (at - start < SHOWN) {
                hex(should, expectedByte);
                hex(found, foundByte);
            }
            end = at + 1;
        }

        private byte byteAt(long offset) throws IOException {
            ByteBuffer one = ByteBuffer.allocate(1);
            AuditedFile.read(file, one, offset);
            return one.get(0);
        }

        private void hex(StringBuilder to, byte b) {
            to.append(Character.forDigit(b >>> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
        }

        void close() {
            if (start >= 0) {
                findings.untracedWrite(device, inode, start, end - start, should.toString(), found.toString());
                told++;
                start = -1;
                should.setLength(0);
                found.setLength(0);
            }
        }
    }
}
