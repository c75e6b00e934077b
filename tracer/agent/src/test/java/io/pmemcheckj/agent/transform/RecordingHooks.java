package io.pmemcheckj.agent.transform;

import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Stands in for the runtime's hooks when a test runs woven code. */
public final class RecordingHooks {
    /** Each mark with its number, each unmark as 0, each fence as -1. */
    static final List<Integer> CALLS = new ArrayList<>();

    private RecordingHooks() {}

    public static void mark(int site) {
        CALLS.add(site);
    }

    public static void mark(ByteBuffer buffer, int site) {
        CALLS.add(site);
        buffer.position(); // the buffer itself, not what lay beside it on the stack
    }

    public static void unmark() {
        CALLS.add(0);
    }

    public static void fullFence() {
        CALLS.add(-1);
    }

    public static void sync(FileDescriptor file) {
        CALLS.add(file.valid() ? -2 : -3);
    }
}
