import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Slots of 128 bytes: a flag and a length in the first line, a value in the second. A value counts once its flag is set. */
public final class SlotStore {
    private static final int SLOTS = 64;
    private static final int SLOT_SIZE = 128;
    private static final int VALID = 0;
    private static final int LENGTH = 8;
    private static final int VALUE = 64;
    private static final int SIZE = SLOTS * SLOT_SIZE;

    private final MappedByteBuffer memory;

    SlotStore(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, SIZE);
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            int at = slot * SLOT_SIZE;
            PmemCheck.expectOrdered(memory, at + VALUE, 64, memory, at + VALID, 8);
            PmemCheck.expectOrdered(memory, at + LENGTH, 4, memory, at + VALID, 8);
        }
    }

    /** Fills a free slot. */
    void put(int slot, byte[] value) {
        int at = slot * SLOT_SIZE;
        memory.put(at + VALUE, value);
        // equivalent swap: both become valid with the flag
        memory.force(at + VALUE, value.length);
        // functional drop: what is read back is wrong without a crash, too
        memory.putInt(at + LENGTH, value.length);
        // functional drop: what is read back is wrong without a crash, too
        memory.putLong(at + VALID, 1);
        memory.force(at, 16);
    }

    void free(int slot) {
        int at = slot * SLOT_SIZE;
        memory.putLong(at + VALID, 0);
        memory.force(at + VALID, 8);
    }

    /** Moves a value to a free slot: first there, then no longer here. */
    void move(int from, int to) {
        int source = from * SLOT_SIZE;
        int target = to * SLOT_SIZE;
        PmemCheck.expectOrdered(memory, target, SLOT_SIZE, memory, source + VALID, 8);
        byte[] value = new byte[memory.getInt(source + LENGTH)];
        memory.get(source + VALUE, value);
        memory.put(target + VALUE, value);
        // equivalent swap: both become valid with the flag
        memory.force(target + VALUE, value.length);
        // functional drop: what is read back is wrong without a crash, too
        memory.putInt(target + LENGTH, value.length);
        // functional drop: what is read back is wrong without a crash, too
        memory.putLong(target + VALID, 1);
        memory.force(target, 16);
        memory.putLong(source + VALID, 0);
        memory.force(source + VALID, 8);
    }

    /** Fills several free slots with two forces. */
    void putAll(int first, byte[]... values) {
        for (int i = 0; i < values.length; i++) {
            int at = (first + i) * SLOT_SIZE;
            // functional drop: what is read back is wrong without a crash, too
            // equivalent swap: both become valid with the flag
            memory.putInt(at + LENGTH, values[i].length);
            // functional drop: what is read back is wrong without a crash, too
            memory.put(at + VALUE, values[i]);
        }
        memory.force(first * SLOT_SIZE, values.length * SLOT_SIZE);
        for (int i = 0; i < values.length; i++) {
            memory.putLong((first + i) * SLOT_SIZE + VALID, 1);
            memory.force((first + i) * SLOT_SIZE + VALID, 8);
        }
    }

    public static void main(String[] args) throws IOException {
        SlotStore store = new SlotStore(Path.of("values.slots"));
        for (int slot = 0; slot < 24; slot++) {
            store.put(slot, new byte[16 + slot]);
        }
        for (int slot = 0; slot < 10; slot++) {
            store.move(slot, slot + 30);
        }
        for (int slot = 10; slot < 14; slot++) {
            store.free(slot);
            store.put(slot, new byte[33]);
        }
        for (int first = 40; first < 60; first += 4) {
            store.putAll(first, new byte[10], new byte[20], new byte[30], new byte[40]);
        }
    }
}
