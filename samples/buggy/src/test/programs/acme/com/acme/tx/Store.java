package com.acme.tx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A library with transactions, of which only a model tells what they mean: nothing here is really made durable. */
public class Store {
    private final ByteBuffer mapped;
    private final UndoLog log;
    private int next = 1024;
    private boolean broken;

    public Store(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 65536);
        }
        log = new UndoLog(mapped.slice(0, 512));
    }

    /** Tries what cannot work. */
    public void logInNoRoom() {
        new UndoLog(mapped.slice(0, 8));
    }

    public Node root() {
        return new Node(mapped.slice(512, 512));
    }

    public void begin() {
        log.writeHeader(1);
    }

    public void snapshot(Node node, int offset, int length) {
        log.writeEntry(offset, length);
    }

    public void set(Node node, int offset, int value) {
        log.writeEntry(offset, Integer.BYTES);
        node.memory.putInt(offset, value);
    }

    public Node allocate(int size) {
        if (size > 1024) {
            return null;
        }
        next += size;
        return new Node(mapped.slice(next - size, size));
    }

    public void commit() {
        log.writeHeader(0);
    }

    public void rollback() {
        log.writeHeader(2);
    }

    /** Whether {@link #sync} fails from now on. */
    public void breakSync(boolean value) {
        broken = value;
    }

    public int sync(Node node, long offset, int length) {
        return broken ? -1 : 0;
    }

    public void syncEnd(Node node) {
        if (broken) {
            throw new IllegalStateException("cannot sync");
        }
    }
}
