import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** An append-only log: entries of a length and a payload, valid below the tail in the header. */
public final class AppendLog implements AutoCloseable {
    private static final int CAPACITY = 64 * 1024;
    private static final int TAIL = 0;
    private static final int MAGIC = 8;
    private static final int FIRST_ENTRY = 64;
    private static final int COUNTER = CAPACITY - 64;

    private final FileChannel channel;
    private final MappedByteBuffer memory;

    AppendLog(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        memory = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, CAPACITY);
        PmemCheck.expectOrdered(memory, TAIL, 8, memory, MAGIC, 4);
        if (memory.getInt(MAGIC) != 0x106) {
            memory.putLong(TAIL, FIRST_ENTRY);
            // functional drop: the log is empty whenever it is opened, without a crash, too
            // equivalent swap: without the magic the log is empty, and the first entry forces it
            memory.putInt(MAGIC, 0x106);
            memory.force(TAIL, 16);
        }
        PmemCheck.expectOrdered(memory, FIRST_ENTRY, COUNTER - FIRST_ENTRY, memory, TAIL, 8);
        PmemCheck.expectOrdered(memory, TAIL, 8, memory, COUNTER, 8);
    }

    private int tail() {
        return (int) memory.getLong(TAIL);
    }

    private static int sizeOf(byte[] payload) {
        return (4 + payload.length + 7) & -8;
    }

    void append(byte[] payload) {
        int at = tail();
        // functional drop: what is read back is wrong without a crash, too
        // equivalent swap: both become valid with the tail
        memory.putInt(at, payload.length);
        // functional drop: what is read back is wrong without a crash, too
        memory.put(at + 4, payload);
        memory.force(at, 4 + payload.length);
        memory.putLong(TAIL, at + sizeOf(payload));
        memory.force(TAIL, 8);
        memory.putLong(COUNTER, memory.getLong(COUNTER) + 1);
        memory.force(COUNTER, 8);
    }

    /** All of them or none. */
    void appendAll(List<byte[]> payloads) {
        int start = tail();
        int at = start;
        for (byte[] payload : payloads) {
            // functional drop: what is read back is wrong without a crash, too
            // equivalent swap: both become valid with the tail
            memory.putInt(at, payload.length);
            // functional drop: what is read back is wrong without a crash, too
            memory.put(at + 4, payload);
            at += sizeOf(payload);
        }
        memory.force(start, at - start);
        memory.putLong(TAIL, at);
        memory.force(TAIL, 8);
    }

    void appendNumber(long number) {
        int at = tail();
        // functional drop: what is read back is wrong without a crash, too
        // equivalent swap: both become valid with the tail
        memory.putLong(at + 8, number);
        // functional drop: what is read back is wrong without a crash, too
        memory.putInt(at, 12);
        memory.force(at, 16);
        memory.putLong(TAIL, at + 16);
        memory.force(TAIL, 8);
    }

    void truncate() {
        memory.putLong(TAIL, FIRST_ENTRY);
        memory.force(TAIL, 8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    public static void main(String[] args) throws IOException {
        try (AppendLog log = new AppendLog(Path.of("entries.log"))) {
            for (int i = 0; i < 20; i++) {
                log.append(new byte[20 + i * 7]);
            }
            for (int i = 0; i < 6; i++) {
                log.appendAll(List.of(new byte[40], new byte[100 + i], new byte[9]));
                log.appendNumber(i);
            }
            log.truncate();
            for (int i = 0; i < 8; i++) {
                log.appendNumber(i);
                log.append(new byte[30]);
            }
        }
    }
}
