package com.example.queue;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A queue of short texts in a mapped file, for one process and one thread. What {@link #add} has returned from survives a
 * crash, and what {@link #poll} has returned does not come back.
 *
 * <p>The file: the number of texts taken, in a page of its own; the number added, in the next; then one slot of 256 bytes
 * for each text, its length in front.
 */
public final class DurableQueue {
    private static final int PAGE = 4096;
    private static final int TAKEN = 0;
    private static final int ADDED = PAGE;
    private static final int SLOTS = 2 * PAGE;
    private static final int SLOT = 256;
    private static final int CAPACITY = 64;

    private final MappedByteBuffer file;

    private DurableQueue(MappedByteBuffer file) {
        this.file = file;
    }

    /** Opens the queue in a file, which is created if it is not there. */
    public static DurableQueue open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer file = channel.map(FileChannel.MapMode.READ_WRITE, 0, SLOTS + CAPACITY * SLOT);
            channel.force(true); // its length
            sync(path.toAbsolutePath().getParent()); // its name
            return new DurableQueue(file);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Adds a text at the end.
     *
     * @throws IllegalArgumentException if it is longer than 252 bytes in UTF-8
     * @throws IllegalStateException if the queue is full
     */
    public void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > SLOT - Integer.BYTES) {
            throw new IllegalArgumentException("too long: " + bytes.length + " bytes");
        }
        long added = file.getLong(ADDED);
        if (added - file.getLong(TAKEN) == CAPACITY) {
            throw new IllegalStateException("full");
        }
        int slot = slot(added);
        file.putInt(slot, bytes.length);
        file.put(slot + Integer.BYTES, bytes);
        file.force(slot, Integer.BYTES + bytes.length);
        file.putLong(ADDED, added + 1);
        file.force(ADDED, Long.BYTES);
    }

    /** Takes the first text, or returns null if there is none. */
    public String poll() {
        long taken = file.getLong(TAKEN);
        if (taken == file.getLong(ADDED)) {
            return null;
        }
        byte[] bytes = new byte[file.getInt(slot(taken))];
        file.get(slot(taken) + Integer.BYTES, bytes);
        file.putLong(TAKEN, taken + 1);
        file.force(TAKEN, Long.BYTES);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int slot(long number) {
        return SLOTS + (int) (number % CAPACITY) * SLOT;
    }
}
