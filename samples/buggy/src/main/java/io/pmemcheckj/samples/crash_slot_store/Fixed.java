package io.pmemcheckj.samples.crash_slot_store;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

// crash: --check-class io.pmemcheckj.samples.crash_slot_store.Check
/** Frees the slot of the old version when the new one is durable; of two versions the newer one counts. */
public final class Fixed {
    static final int SLOT = 512; // a sector
    static final int SLOTS = 4;
    static final int KEY = 0; // 0: the slot is free
    static final int VERSION = 8;
    static final int VALUE = 16;
    static final int CHECKSUM = 24;

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = folder.resolve("slot-store.dat"); // stays there: what a crash leaves of it is the point
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileChannel names = FileChannel.open(folder)) {
            MappedByteBuffer store = channel.map(MapMode.READ_WRITE, 0, SLOTS * SLOT);
            channel.force(true);
            names.force(true);
            for (int version = 1; version <= 3; version++) {
                put(store, 7, version, 100 + version);
                PmemCheck.marker("7=" + (100 + version));
            }
        }
    }

    /** Writes the new version of a value into a free slot; the slot of the old version becomes free. */
    private static void put(MappedByteBuffer store, long key, long version, long value) {
        int old = slotOf(store, key);
        int free = slotOf(store, 0);
        write(store, free, key, version, value);
        if (old >= 0) {
            store.putLong(old + KEY, 0);
            store.force(old, SLOT);
        }
    }

    private static void write(MappedByteBuffer store, int slot, long key, long version, long value) {
        store.putLong(slot + KEY, key);
        store.putLong(slot + VERSION, version);
        store.putLong(slot + VALUE, value);
        store.putLong(slot + CHECKSUM, checksum(key, version, value));
        store.force(slot, SLOT);
    }

    private static int slotOf(MappedByteBuffer store, long key) {
        for (int slot = 0; slot < SLOTS * SLOT; slot += SLOT) {
            if (store.getLong(slot + KEY) == key) {
                return slot;
            }
        }
        return -1;
    }

    static long checksum(long key, long version, long value) {
        return ((key * 31 + version) * 31 + value) * 31 + 1;
    }
}
