package io.pmemcheckj.trace.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Encoded events on their way from the encoding thread, which appends, to the frame writer, which may take what is
 * published so far while more is being appended.
 */
final class Block {
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(Block.class, "published", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Written by the encoding thread, up to the end of the published events and beyond. */
    final byte[] bytes;
    /** End of the last whole event. Written by the encoding thread. */
    @SuppressWarnings("unused") // through PUBLISHED
    private int published;
    /** End of what is in the file. Used by the frame writer only. */
    int written;

    Block(int capacity) {
        bytes = new byte[capacity];
    }

    /** Everything before {@code end} is whole events and will not change. */
    void publishRelease(int end) {
        PUBLISHED.setRelease(this, end);
    }

    int publishedAcquire() {
        return (int) PUBLISHED.getAcquire(this);
    }

    void clear() {
        written = 0;
        publishRelease(0);
    }
}
