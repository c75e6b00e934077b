package io.pmemcheckj.trace.ring;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a file from its start to its end. A long one is read past the page cache where the file system allows it: a hole
 * then costs next to nothing, and not a page of memory for each of its pages.
 */
final class FileReader implements Closeable {
    /** What positions in the file and in memory must be multiples of past the page cache, in bytes. */
    private static final int ALIGNMENT = 4096;

    private static final int READ_AT_ONCE = 1 << 20;
    private static final long LONG_FILE = 16 << 20;

    private final Path path;
    private final ByteBuffer block;
    private FileChannel channel;
    private boolean isDirect;

    /** @param block where to read to, see {@link #newBlock} */
    FileReader(Path path, ByteBuffer block) throws IOException {
        this.path = path;
        this.block = block;
        channel = FileChannel.open(path, StandardOpenOption.READ);
        if (channel.size() >= LONG_FILE) {
            isDirect = openDirect();
        }
    }

    /** Memory for readers, of which one at a time may use it: to have it made and thrown away takes longer than most files do. */
    static ByteBuffer newBlock() {
        return ByteBuffer.allocateDirect(READ_AT_ONCE + ALIGNMENT).alignedSlice(ALIGNMENT);
    }

    private boolean openDirect() {
        try {
            FileChannel direct = FileChannel.open(path, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
            channel.close();
            channel = direct;
            return true;
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
            return false; // tmpfs, for one, has nothing but the page cache; and this JRE may lack the module
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    /**
     * Reads on.
     *
     * @param offset where, a multiple of {@link #ALIGNMENT}
     * @return up to 1 MiB, good until the next call; nothing at the end of the file
     */
    ByteBuffer read(long offset) throws IOException {
        block.clear().limit(READ_AT_ONCE);
        try {
            readInto(offset);
        } catch (IOException e) {
            if (!isDirect) {
                throw e;
            }
            isDirect = false;
            channel.close();
            channel = FileChannel.open(path, StandardOpenOption.READ);
            block.clear().limit(READ_AT_ONCE);
            readInto(offset);
        }
        return block.flip();
    }

    private void readInto(long offset) throws IOException {
        while (block.hasRemaining() && channel.read(block, offset + block.position()) > 0) {
            if (block.position() % ALIGNMENT != 0) {
                return; // so ends the file
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
