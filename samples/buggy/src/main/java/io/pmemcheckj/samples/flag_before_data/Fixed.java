package io.pmemcheckj.samples.flag_before_data;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on warning
/** The path for two forces the second value, too, before it sets the flag. */
public final class Fixed {
    private static final int SLOT_SIZE = 128;
    private static final int VALUE = 64;

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "slots", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer slots = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 8192);
            for (int slot = 0; slot < 30; slot++) {
                put(slots, slot, 100 + slot);
            }
            putBoth(slots, 30, 130, 131);
        } finally {
            Files.delete(file);
        }
    }

    private static void put(MappedByteBuffer slots, int slot, long value) {
        int at = slot * SLOT_SIZE;
        slots.putLong(at + VALUE, value);
        slots.force(at + VALUE, 8);
        setFlag(slots, at);
    }

    private static void setFlag(MappedByteBuffer slots, int at) {
        slots.putLong(at, 1);
        slots.force(at, 8);
    }

    private static void putBoth(MappedByteBuffer slots, int slot, long first, long second) {
        int at = slot * SLOT_SIZE;
        put(slots, slot, first);
        slots.putLong(at + SLOT_SIZE + VALUE, second);
        slots.force(at + SLOT_SIZE + VALUE, 8);
        setFlag(slots, at + SLOT_SIZE);
    }
}
