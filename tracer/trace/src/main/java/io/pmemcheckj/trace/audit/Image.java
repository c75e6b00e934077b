package io.pmemcheckj.trace.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A copy of a file, in a file without a name, that stores can be applied to. */
final class Image implements Closeable {
    /** Mapped in windows, because one buffer cannot map more than 2 GiB. */
    private static final int WINDOW_SHIFT = 28;

    private static final int WINDOW = 1 << WINDOW_SHIFT;

    private static final int PAGE_SHIFT = 12;

    private final FileChannel channel;
    private final Map<Long, MappedByteBuffer> windows = new HashMap<>();
    /** By window, the pages that have room on the disk. */
    private final Map<Long, BitSet> reserved = new HashMap<>();

    private long size;
    private long recentNumber = -1;
    private MappedByteBuffer recent;
    private BitSet recentReserved;

    private Image(FileChannel channel) throws IOException {
        this.channel = channel;
        size = channel.size();
    }

    /**
     * Copies a file.
     *
     * @param folders where the copy can be: one on the same file system is best, then one with much room
     */
    static Image of(Path source, List<Path> folders) throws IOException {
        Path copy = Files.createTempFile(bestOf(folders, source), "pmemcheck-j-audit", ".copy");
        try {
            FileCopy.make(source, copy);
            return new Image(FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            Files.deleteIfExists(copy); // the open channel keeps it alive, and nothing is left should we be killed
        }
    }

    private static Path bestOf(List<Path> folders, Path source) throws IOException {
        FileStore store = Files.getFileStore(source);
        Path roomiest = null;
        long room = -1;
        for (Path folder : folders) {
            FileStore candidate = Files.getFileStore(folder);
            if (candidate.equals(store)) {
                return folder;
            }
            if (candidate.getUsableSpace() > room) {
                room = candidate.getUsableSpace();
                roomiest = folder;
            }
        }
        return roomiest;
    }

    /** Makes it at least this long, with zeros. */
    void extendTo(long length) throws IOException {
        if (length > size) {
            channel.write(ByteBuffer.allocate(1), length - 1);
            size = length;
            recentNumber = -1; // its window may be too short now
        }
    }

    /** Makes it this long; what lies beyond is lost, and zero should it grow again. */
    void resize(long length) throws IOException {
        if (length < size) {
            channel.truncate(length);
            // The mapped windows must not reach beyond the end, so its length stays.
            channel.write(ByteBuffer.allocate(1), size - 1);
            reserved.clear();
            recentNumber = -1;
        } else {
            extendTo(length);
        }
    }

    /** Stores up to 8 bytes, the lowest first. */
    void put(long offset, int length, long bytes) throws IOException {
        extendTo(offset + length);
        int at = (int) offset & WINDOW - 1;
        reserve(offset);
        reserve(offset + length - 1);
        if (length == Long.BYTES && at <= WINDOW - Long.BYTES) {
            window(offset).putLong(at, bytes);
            return;
        }
        for (int i = 0; i < length; i++) {
            window(offset + i).put((int) (offset + i) & WINDOW - 1, (byte) (bytes >>> 8 * i));
        }
    }

    /**
     * Makes sure that a store to the page cannot find the disk full. A store through a mapping would learn that by an
     * error that compiled code raises at some later place, where nobody expects it; a write tells at once.
     */
    private void reserve(long offset) throws IOException {
        window(offset);
        int page = ((int) offset & WINDOW - 1) >> PAGE_SHIFT;
        if (!recentReserved.get(page)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            read(one, offset);
            channel.write(one, offset);
            recentReserved.set(page);
        }
    }

    private MappedByteBuffer window(long offset) throws IOException {
        long number = offset >> WINDOW_SHIFT;
        if (number != recentNumber) {
            recent = mapped(number);
            recentReserved = reserved.computeIfAbsent(number, n -> new BitSet());
            recentNumber = number;
        }
        return recent;
    }

    private MappedByteBuffer mapped(long number) throws IOException {
        long start = number << WINDOW_SHIFT;
        int length = (int) Math.min(WINDOW, size - start);
        MappedByteBuffer window = windows.get(number);
        if (window == null || window.capacity() < length) {
            window = channel.map(FileChannel.MapMode.READ_WRITE, start, length);
            window.order(ByteOrder.LITTLE_ENDIAN);
            windows.put(number, window);
        }
        return window;
    }

    /** Stores what remains in the buffer. */
    void write(ByteBuffer bytes, long offset) throws IOException {
        extendTo(offset + bytes.remaining());
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Fills the buffer; what lies beyond the end is 0. */
    void read(ByteBuffer to, long offset) throws IOException {
        AuditedFile.read(channel, to, offset);
    }

    @Override
    public void close() throws IOException {
        windows.clear();
        recent = null;
        if (channel.isOpen()) {
            channel.truncate(0); // the windows would keep the room until they are collected
            channel.close();
        }
    }
}
