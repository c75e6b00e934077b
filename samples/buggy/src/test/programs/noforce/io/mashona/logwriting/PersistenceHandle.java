package io.mashona.logwriting;

import java.nio.MappedByteBuffer;

/** Stands before mashona's own class on the class path: the same interface, and no force anywhere. */
public class PersistenceHandle {
    private final MappedByteBuffer buffer;

    public PersistenceHandle(MappedByteBuffer buffer, int offset, int length) {
        this.buffer = buffer;
    }

    public static void setParanoid(boolean paranoid) {}

    PersistenceHandle duplicate(int offset, int length) {
        return new PersistenceHandle(buffer, offset, length);
    }

    public void persist(int from, int length) {}

    public void persist() {}
}
