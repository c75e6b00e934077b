package io.pmemcheckj.trace.file;

import io.pmemcheckj.trace.Uninterruptibly;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Keeps a trace in a compressed file, which {@link TraceFile} reads back. Events are encoded by the calling thread, one
 * at a time, and compressed and written by another; they reach the file within about a second.
 *
 * <p>If the file cannot be written any more, because the disk is full for example, events are still accepted and go
 * nowhere: {@link #failure} tells, and so does {@link #close}.
 */
public final class TraceFileWriter extends EventEncoder implements Closeable {
    private static final long FLUSH_MILLIS = 1000;

    private final FrameWriter frames;
    private final BlockOutput blocks;
    private final Thread frameThread;
    private boolean closed;

    /**
     * Creates the file, or overwrites it.
     *
     * @throws IOException if it cannot be written; the message is one line that names it
     */
    public TraceFileWriter(Path file) throws IOException {
        this(open(file), file.toString(), FLUSH_MILLIS, FrameWriter.BLOCK_BYTES);
    }

    /**
     * @param file name for messages
     * @param flushMillis how long events may wait to be written, in milliseconds
     * @param blockBytes size of a full frame before compression, in bytes
     */
    TraceFileWriter(OutputStream out, String file, long flushMillis, int blockBytes) throws IOException {
        this(start(out, file, flushMillis, blockBytes));
    }

    private TraceFileWriter(FrameWriter frames) {
        this(frames, new BlockOutput(frames));
    }

    private TraceFileWriter(FrameWriter frames, BlockOutput blocks) {
        super(blocks);
        this.frames = frames;
        this.blocks = blocks;
        frameThread = new Thread(frames, "pmemcheck-j trace file");
        frameThread.setDaemon(true);
        frameThread.start();
    }

    private static OutputStream open(Path file) throws IOException {
        try {
            return new FileOutputStream(file.toFile());
        } catch (IOException e) {
            throw new IOException("cannot write the trace " + e.getMessage(), e);
        }
    }

    private static FrameWriter start(OutputStream out, String file, long flushMillis, int blockBytes)
            throws IOException {
        try {
            return new FrameWriter(out, file, flushMillis, blockBytes);
        } catch (IOException e) {
            out.close();
            throw new IOException("cannot write the trace " + file + ": " + e.getMessage(), e);
        }
    }

    /** Why the file is incomplete, as one line that names it; null as long as all is well. From any thread. */
    public IOException failure() {
        return frames.failure();
    }

    /** Size of the file so far, in bytes. From any thread. */
    public long bytesWritten() {
        return frames.bytesWritten();
    }

    /**
     * Writes what is left and closes the file. Closing again does nothing.
     *
     * @throws IOException if not everything could be written, the same as {@link #failure} returns
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        blocks.end();
        Uninterruptibly.join(frameThread);
        if (frames.failure() != null) {
            throw frames.failure();
        }
    }
}
