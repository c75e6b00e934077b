package io.pmemcheckj.agent;

import static io.pmemcheckj.trace.layout.RecordLayout.*;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Stores to a mapped file of its own and looks whether the events arrive, before the program starts: half a tracer must
 * not pass for a whole one.
 */
final class SelfTest {
    private static final int SIZE = 4096;

    private final RuntimeLink runtime;

    SelfTest(RuntimeLink runtime) {
        this.runtime = runtime;
    }

    /**
     * Runs the test.
     *
     * @param folder where the test's file is put for a moment
     * @throws AgentException when a store, a flush or a mapping was not seen
     */
    void run(Path folder) throws AgentException {
        Path file = null;
        try {
            file = Files.createTempFile(folder, "pmemcheck-j-self-test", ".tmp");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
                expect(MAP, "mapping a file");
                long start = storedAt(() -> buffer.put(0, (byte) 1), 0, "ByteBuffer.put");
                expectStore(() -> buffer.putLong(64, 2), start + 64, 3, "ByteBuffer.putLong");
                expectStore(() -> buffer.asLongBuffer().put(16, 3), start + 128, 3, "LongBuffer.put");
                buffer.order(ByteOrder.nativeOrder());
                buffer.position(256);
                buffer.put(new byte[64]);
                expect(BULK, "ByteBuffer.put(byte[])");
                buffer.force();
                expect(FORCE_END, "MappedByteBuffer.force");
                channel.force(false);
                expect(FORCE_END, "FileChannel.force");
            }
        } catch (IOException e) {
            throw AgentException.failure("the tracer's self-test cannot use a file in " + folder + ": " + e, e);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is empty and in a folder for such files.
        }
    }

    private long storedAt(Runnable store, int log2, String what) throws AgentException {
        store.run();
        long[] record = expect(STORE, what);
        if ((record[0] >>> AUX_SHIFT & 0xf) != log2) {
            throw unseen(what);
        }
        return record[0] & ADDRESS_MASK;
    }

    private void expectStore(Runnable store, long address, int log2, String what) throws AgentException {
        if (storedAt(store, log2, what) != address) {
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
