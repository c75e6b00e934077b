package com.acme.tx;

import java.nio.ByteBuffer;

/** Stores that are the library's own business. */
class UndoLog {
    private final ByteBuffer memory;
    private int end = 16;

    UndoLog(ByteBuffer memory) {
        this.memory = memory;
        if (memory.capacity() < 16) {
            throw new IllegalArgumentException("no room for a log");
        }
    }

    void writeHeader(int state) {
        memory.putInt(0, state);
        end = 16;
    }

    void writeEntry(int offset, int length) {
        memory.putInt(end, offset).putInt(end + 4, length);
        end = end + 8 < memory.capacity() ? end + 8 : 16;
    }
}
