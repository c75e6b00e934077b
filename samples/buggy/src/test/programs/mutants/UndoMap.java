import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --order {source}/UndoMap.yaml
/**
 * A hash map of longs with an undo log in front of the table. The requests flush and fence stand for those of a native library.
 */
public final class UndoMap {
    private static final int COUNT = 0;
    private static final int ENTRIES = 64;
    private static final int ENTRY_SIZE = 32;
    private static final int TABLE = 1024;
    private static final int SLOTS = 128;

    private final MappedByteBuffer memory;

    UndoMap(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, TABLE + SLOTS * 16);
        }
        PmemCheck.ignoreInTransactions(memory, 0, TABLE);
        PmemCheck.expectOrdered(memory, ENTRIES, TABLE - ENTRIES, memory, COUNT, 8);
    }

    private int slotOf(long key) {
        int slot = (int) (key * 31 % SLOTS);
        while (memory.getLong(TABLE + slot * 16) != key && memory.getLong(TABLE + slot * 16) != 0) {
            slot = (slot + 1) % SLOTS;
        }
        return TABLE + slot * 16;
    }

    private void log(int at) {
        int count = (int) memory.getLong(COUNT);
        int entry = ENTRIES + count * ENTRY_SIZE;
        // missed drop: only recovery reads it; nothing says what an entry of the log must hold
        // equivalent swap: both become valid with the count
        memory.putLong(entry, at);
        // missed drop: only recovery reads it; nothing says what an entry of the log must hold
        // equivalent swap: both become valid with the count
        memory.putLong(entry + 8, memory.getLong(at));
        // missed drop: only recovery reads it; nothing says what an entry of the log must hold
        memory.putLong(entry + 16, memory.getLong(at + 8));
        PmemCheck.flush(memory, entry, 24);
        PmemCheck.fence();
        memory.putLong(COUNT, count + 1);
        PmemCheck.flush(memory, COUNT, 8);
        // equivalent swap: what is added is a statement for the check, and the fence still comes before any store to it
        PmemCheck.fence();
        PmemCheck.addToTransaction(memory, at, 16);
    }

    private void commit() {
        memory.putLong(COUNT, 0);
        PmemCheck.flush(memory, COUNT, 8);
        PmemCheck.fence();
    }

    void put(long key, long value) {
        int at = slotOf(key);
        PmemCheck.startTransaction();
        log(at);
        // functional drop: what is read back is wrong without a crash, too
        // equivalent swap: the undo log has both
        memory.putLong(at + 8, value);
        // functional drop: what is read back is wrong without a crash, too
        memory.putLong(at, key);
        PmemCheck.flush(memory, at, 16);
        PmemCheck.fence();
        // missed duplicate: it stores the 0 again that is there, known only with the values
        // equivalent swap: the end is a statement for the check, and the log is none of the transaction's data
        commit();
        // missed duplicate: no rule looks at the end of a transaction that is not open
        PmemCheck.endTransaction();
    }

    /** Takes an amount from one key and gives it to the other. */
    void move(long from, long to, long amount) {
        int source = slotOf(from);
        int target = slotOf(to);
        PmemCheck.startTransaction();
        // equivalent swap: the log is read as a whole
        log(source);
        // equivalent swap: what is stored is the source, which is logged
        log(target);
        memory.putLong(source + 8, memory.getLong(source + 8) - amount);
        // equivalent swap: one fence waits for both flushes
        PmemCheck.flush(memory, source + 8, 8);
        memory.putLong(target + 8, memory.getLong(target + 8) + amount);
        PmemCheck.flush(memory, target + 8, 8);
        PmemCheck.fence();
        // missed duplicate: it stores the 0 again that is there, known only with the values
        // equivalent swap: the end is a statement for the check, and the log is none of the transaction's data
        commit();
        // missed duplicate: no rule looks at the end of a transaction that is not open
        PmemCheck.endTransaction();
    }

    void clear(long key) {
        int at = slotOf(key);
        PmemCheck.startTransaction();
        log(at);
        memory.putLong(at + 8, 0);
        PmemCheck.flush(memory, at + 8, 8);
        PmemCheck.fence();
        // missed drop: nothing says that the log must be empty when the transaction ends
        // missed duplicate: it stores the 0 again that is there, known only with the values
        // equivalent swap: the end is a statement for the check, and the log is none of the transaction's data
        commit();
        // missed duplicate: no rule looks at the end of a transaction that is not open
        PmemCheck.endTransaction();
    }

    public static void main(String[] args) throws IOException {
        UndoMap map = new UndoMap(Path.of("accounts.map"));
        for (long key = 1; key <= 30; key++) {
            map.put(key, 100 * key);
        }
        for (long key = 1; key <= 20; key++) {
            map.move(key + 5, key, key);
        }
        for (long key = 3; key <= 12; key++) {
            map.clear(key);
            map.put(key, 1);
        }
    }
}
