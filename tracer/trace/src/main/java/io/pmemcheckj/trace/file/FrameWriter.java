package io.pmemcheckj.trace.file;

import io.pmemcheckj.trace.Uninterruptibly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * The thread that compresses blocks of events and writes them as frames. It takes full blocks from a bounded queue, and
 * once a second what is in the block being filled, so that little is lost if the process is killed. After a failure it
 * goes on taking blocks and drops them: keeping the trace must not stop the replay.
 */
final class FrameWriter implements Runnable {
    /** From 64 KiB on, larger blocks compress no better. */
    static final int BLOCK_BYTES = 128 * 1024;

    private static final int BLOCKS = 8;

    private static final Block END = new Block(0);

    private final OutputStream out;
    private final String file;
    private final long flushMillis;
    private final int blockBytes;
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 2);
    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
    private final FrameCompressor compressor = new FrameCompressor();
    private final CRC32C crc = new CRC32C();
    private byte[] frame = new byte[BLOCK_BYTES];

    /** The block being filled. Written by the encoding thread. */
    private volatile Block current;
    /** Written by this thread. */
    private volatile IOException failure;
    /** Written by this thread. */
    private volatile long bytesWritten;

    /**
     * @param file name for messages
     * @param flushMillis how long published events may wait, in milliseconds
     * @param blockBytes size of a block, in bytes
     */
    FrameWriter(OutputStream out, String file, long flushMillis, int blockBytes) throws IOException {
        this.out = out;
        this.file = file;
        this.flushMillis = flushMillis;
        this.blockBytes = blockBytes;
        for (int i = 0; i < BLOCKS; i++) {
            free.add(new Block(blockBytes));
        }
        write(ByteBuffer.allocate(FileLayout.HEADER_BYTES)
                .put(FileLayout.magic())
                .putInt(FileLayout.VERSION)
                .array());
    }

    /** A block to fill, at least this large; waits while the file is behind. Called by the encoding thread. */
    Block nextBlock(int atLeast) {
        Block next = atLeast > blockBytes ? new Block(atLeast) : Uninterruptibly.take(free);
        current = next;
        return next;
    }

    /** Hands over a block that is full. Called by the encoding thread. */
    void submit(Block block) {
        Uninterruptibly.put(full, block);
    }

    /** Hands over the end of the trace. Called by the encoding thread, after the last block. */
    void submitEnd() {
        Uninterruptibly.put(full, END);
    }

    IOException failure() {
        return failure;
    }

    long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public void run() {
        try {
            Block block = await();
            while (block != END) {
                writeFrame(block, block.publishedAcquire());
                recycle(block);
                block = await();
            }
            writeEnd();
        } finally {
            compressor.close();
            close();
        }
    }

    /** The next full block. */
    private Block await() {
        while (true) {
            Block block = poll();
            if (block != null) {
                return block;
            }
            // The order matters: if the queue is still empty after the look at the current block, then no block
            // before that one is waiting, and frames stay in order.
            Block partial = current;
            int end = partial.publishedAcquire();
            block = full.poll();
            if (block != null) {
                return block;
            }
            writeFrame(partial, end);
        }
    }

    private Block poll() {
        try {
            return full.poll(flushMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return null; // nobody has a reason to interrupt this thread: as if the time had passed
        }
    }

    private void recycle(Block block) {
        block.clear();
        if (block.bytes.length == blockBytes) {
            free.add(block);
        }
    }

    private void writeFrame(Block block, int end) {
        if (end > block.written && failure == null) {
            try {
                int length = end - block.written;
                frame = compressor.compress(block.bytes, block.written, length, frame, FileLayout.FRAME_HEADER_BYTES);
                writeFrame(FileLayout.EVENTS_FRAME, length, compressor.compressedLength());
            } catch (IOException e) {
                fail(e);
            } catch (RuntimeException | Error e) {
                // Out of memory, most likely: the encoding thread must not wait for a thread that has died.
                fail(new IOException(e.toString(), e));
            }
        }
        block.written = end;
    }

    private void writeFrame(int type, int rawLength, int storedLength) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(frame);
        header.putInt(type).putInt(rawLength).putInt(storedLength);
        header.putInt(crc(FileLayout.FRAME_HEADER_BYTES, storedLength));
        header.putInt(crc(0, FileLayout.CHECKED_HEADER_BYTES));
        out.write(frame, 0, FileLayout.FRAME_HEADER_BYTES + storedLength);
        bytesWritten += FileLayout.FRAME_HEADER_BYTES + storedLength;
    }

    private int crc(int from, int length) {
        crc.reset();
        crc.update(frame, from, length);
        return (int) crc.getValue();
    }

    private void writeEnd() {
        if (failure == null) {
            try {
                writeFrame(FileLayout.END_FRAME, 0, 0);
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    private void close() {
        try {
            out.close();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        bytesWritten += bytes.length;
    }

    private void fail(IOException cause) {
        if (failure == null) {
            failure = new IOException("cannot write the trace " + file + ": " + cause.getMessage(), cause);
        }
    }
}
