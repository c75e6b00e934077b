package io.pmemcheckj.samples.order_struct_field;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --order {source}/order.yaml
/**
 * Each slot has a flag and a value, and the flag is set before the second half of its own value is forced. A crash
 * can leave a valid slot with half a value. What is pending in the next slot is nothing to this one.
 */
public final class Buggy {
    private static final int SLOT_SIZE = 128;
    private static final int VALUE = 64;

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "slots", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer slots = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            put(slots, 0, 1, 2);
            put(slots, 1, 3, 4);
        } finally {
            Files.delete(file);
        }
    }

    private static void put(MappedByteBuffer slots, int slot, long high, long low) {
        int at = slot * SLOT_SIZE;
        slots.putLong(at + VALUE, high);
        slots.force(at + VALUE, 8);
        slots.putLong(at + VALUE + 8, low);
        slots.putLong(at, 1); // finds: unordered-store bytes=16 occurrences=2
        slots.force(at, SLOT_SIZE);
    }
}
