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
    private final boolean loads;
    private final int lastOfBulk;

    /**
     * Prepares the test.
     *
     * @param values whether the bytes stored are recorded, too
     * @param loads whether loads are
     */
    SelfTest(RuntimeLink runtime, boolean values, boolean loads) {
        this.runtime = runtime;
        this.loads = loads;
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
        long start = expectAccess(0, "ByteBuffer.put");
        buffer.putLong(64, 2);
        expectAccess(3, start + 64, "ByteBuffer.putLong");
        buffer.asLongBuffer().put(16, 3);
        expectAccess(3, start + 128, "LongBuffer.put");
        if (loads) {
            buffer.getInt(192);
            expectAccess(LOAD << 4 | 2, start + 192, "ByteBuffer.getInt");
        }
        buffer.order(ByteOrder.nativeOrder());
        buffer.position(256);
        buffer.put(new byte[64]);
        expect(lastOfBulk, "ByteBuffer.put(byte[])");
        buffer.force();
        expect(FORCE_END, "MappedByteBuffer.force");
        channel.force(false);
        expect(FORCE_END, "FileChannel.force");
    }

    /**
     * Expects a store or a load.
     *
     * @param aux store kind, or that it is a load, << 4 | log2 of the size
     * @return the address
     */
    private long expectAccess(int aux, String what) throws AgentException {
        long[] record = expect(STORE, what);
        if ((record[0] >>> AUX_SHIFT & 0xff) != aux) {
            throw unseen(what);
        }
        return record[0] & ADDRESS_MASK;
    }

    private void expectAccess(int aux, long address, String what) throws AgentException {
        if (expectAccess(aux, what) != address) {
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
