package com.acme.tx;

import java.nio.ByteBuffer;

/** An object of the store. */
public final class Node {
    final ByteBuffer memory;

    Node(ByteBuffer memory) {
        this.memory = memory;
    }

    public void put(int offset, int value) {
        memory.putInt(offset, value);
    }

    public int get(int offset) {
        return memory.getInt(offset);
    }
}
