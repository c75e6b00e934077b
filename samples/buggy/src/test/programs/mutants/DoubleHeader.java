import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/**
 * A file with two headers, of which a selector names the valid one. The requests flush and fence stand for those of a native
 * library.
 */
public final class DoubleHeader {
    private static final int SELECTOR = 0;
    private static final int HEADERS = 64;
    private static final int HEADER_SIZE = 128;
    private static final int VERSION = 0;
    private static final int ROOT = 8;
    private static final int NAME = 64;
    private static final int DATA = 4096;
    private static final int DATA_SIZE = 4096;

    private final MappedByteBuffer memory;

    DoubleHeader(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, DATA + 2 * DATA_SIZE);
        }
        PmemCheck.expectOrdered(memory, HEADERS, 2 * HEADER_SIZE, memory, SELECTOR, 8);
        PmemCheck.expectOrdered(memory, DATA, 2 * DATA_SIZE, memory, SELECTOR, 8);
        PmemCheck.expectOrdered(memory, SELECTOR, 8, memory, HEADERS, 2 * HEADER_SIZE);
        PmemCheck.expectOrdered(memory, SELECTOR, 8, memory, DATA, 2 * DATA_SIZE);
    }

    private int current() {
        return (int) memory.getLong(SELECTOR) & 1;
    }

    private int header(int which) {
        return HEADERS + which * HEADER_SIZE;
    }

    /** Replaces all data. */
    void replace(byte[] data, byte[] name) {
        int next = 1 - current();
        int header = header(next);
        int at = DATA + next * DATA_SIZE;
        memory.put(at, data);
        PmemCheck.flush(memory, at, data.length);
        // equivalent drop, swap: the fence behind the header waits for the data, too
        PmemCheck.fence();
        // functional drop: what is read back is wrong without a crash, too
        // equivalent swap: both become valid with the selector
        memory.putLong(header + VERSION, memory.getLong(header(current()) + VERSION) + 1);
        // functional drop: what is read back is wrong without a crash, too
        // equivalent swap: both become valid with the selector
        memory.putLong(header + ROOT, at);
        // functional drop: what is read back is wrong without a crash, too
        memory.put(header + NAME, name);
        PmemCheck.flush(memory, header, NAME + name.length);
        PmemCheck.fence();
        memory.putLong(SELECTOR, next);
        PmemCheck.flush(memory, SELECTOR, 8);
        PmemCheck.fence();
    }

    /** Gives the same data another name: only the header changes. */
    void rename(byte[] name) {
        int header = header(current());
        int copy = header(1 - current());
        // functional drop: what is read back is wrong without a crash, too
        // equivalent swap: both become valid with the selector
        memory.putLong(copy + VERSION, memory.getLong(header + VERSION) + 1);
        // functional drop: what is read back is wrong without a crash, too
        memory.putLong(copy + ROOT, memory.getLong(header + ROOT));
        // equivalent swap: one fence waits for both flushes
        PmemCheck.flush(memory, copy, 16);
        memory.put(copy + NAME, name);
        PmemCheck.flush(memory, copy + NAME, name.length);
        PmemCheck.fence();
        memory.putLong(SELECTOR, 1 - current());
        PmemCheck.flush(memory, SELECTOR, 8);
        PmemCheck.fence();
    }

    public static void main(String[] args) throws IOException {
        DoubleHeader file = new DoubleHeader(Path.of("document.dat"));
        for (int i = 0; i < 20; i++) {
            file.replace(new byte[100 + i * 50], new byte[10 + i]);
            if (i % 3 == 2) {
                file.rename(new byte[20]);
            }
        }
    }
}
