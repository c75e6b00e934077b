package io.pmemcheckj.agent;

import static io.pmemcheckj.trace.layout.RecordLayout.*;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

/**
 * Stores to a mapped file of its own and looks whether the events arrive, before the program starts: half a tracer must
 * not pass for a whole one.
 */
final class SelfTest {
    private static final int SIZE = 4096;

    private final RuntimeLink runtime;
    private final int lastOfBulk;

    /** @param values whether the bytes stored are recorded, too */
    SelfTest(RuntimeLink runtime, boolean values) {
        this.runtime = runtime;
        lastOfBulk = values ? VALUES : BULK;
    }

    /**
     * Runs the test in a file that is there only meanwhile: next to the ring, whose name is nobody else's, or else in the
     * folder for temporary files.
     *
     * @param ring the ring's file
     * @throws AgentException when a store, a flush or a mapping was not seen
     */
    void run(File ring) throws AgentException {
        String name = ring.getName() + ".self-test";
        File file = new File(ring.getAbsoluteFile().getParentFile(), name);
        try {
            if (!create(file)) {
                file = new File(System.getProperty("java.io.tmpdir"), name);
                if (!file.createNewFile()) {
                    throw new IOException("it is there already");
                }
            }
            try (RandomAccessFile open = new RandomAccessFile(file, "rw")) {
                check(open.getChannel());
            } finally {
                delete(file);
            }
        } catch (IOException e) {
            throw AgentException.failure("the tracer's self-test cannot use the file " + file + ": " + e, e);
        }
    }

    /** Creates it anew, so that no file or link that somebody put there is written to. */
    private static boolean create(File file) {
        try {
            return file.createNewFile();
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(File file) {
        try {
            Files.deleteIfExists(file.toPath());
        } catch (IOException e) {
            // It is small and in a folder for such files.
        }
    }

    private void check(FileChannel channel) throws AgentException, IOException {
        MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        expect(MAP, "mapping a file");
        buffer.put(0, (byte) 1);
        long start = expectStore(0, "ByteBuffer.put");
        buffer.putLong(64, 2);
        expectStore(3, start + 64, "ByteBuffer.putLong");
        buffer.asLongBuffer().put(16, 3);
        expectStore(3, start + 128, "LongBuffer.put");
        buffer.order(ByteOrder.nativeOrder());
        buffer.position(256);
        buffer.put(new byte[64]);
        expect(lastOfBulk, "ByteBuffer.put(byte[])");
        buffer.force();
        expect(FORCE_END, "MappedByteBuffer.force");
        channel.force(false);
        expect(FORCE_END, "FileChannel.force");
    }

    /** @return the address */
    private long expectStore(int log2, String what) throws AgentException {
        long[] record = expect(STORE, what);
        if ((record[0] >>> AUX_SHIFT & 0xf) != log2) {
            throw unseen(what);
        }
        return record[0] & ADDRESS_MASK;
    }

    private void expectStore(int log2, long address, String what) throws AgentException {
        if (expectStore(log2, what) != address) {
            throw unseen(what);
        }
    }

    private long[] expect(int kind, String what) throws AgentException {
        long[] record = runtime.lastRecord();
        if (record[0] >>> KIND_SHIFT != kind) {
            throw unseen(what);
        }
        return record;
    }

    private static AgentException unseen(String what) {
        return AgentException.failure("the tracer's self-test failed: " + what + " was not seen", null);
    }
}
