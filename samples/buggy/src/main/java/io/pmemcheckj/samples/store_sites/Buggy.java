package io.pmemcheckj.samples.store_sites;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/**
 * Stores from a lambda, a method reference, an inner class, a constructor and a loop: each place is named
 * exactly.
 */
public final class Buggy {
    private final MappedByteBuffer buffer;

    private Buggy(MappedByteBuffer map) {
        buffer = map;
        buffer.putInt(32, 1); // finds: unflushed-store bytes=4 occurrences=1
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "map", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 4096);
            Runnable lambda = () -> map.putLong(0, 1); // finds: unflushed-store bytes=8 occurrences=1
            lambda.run();
            IntConsumer reference = new Buggy(map)::storeAt;
            reference.accept(64);
            reference.accept(72);
            new Inner().store(map);
            write(map, 192, 1L, 2L, 3L);
        } finally {
            Files.delete(file);
        }
    }

    private void storeAt(int index) {
        buffer.putLong(index, index); // finds: unflushed-store bytes=16 occurrences=2
    }

    private static void write(MappedByteBuffer map, int start, long... values) {
        int index = start;
        for (long value : values) {
            map.putLong(index, value); // finds: unflushed-store bytes=24 occurrences=3
            index += 8;
        }
    }

    private static final class Inner {
        void store(MappedByteBuffer map) {
            map.put(128, (byte) 1).put(129, (byte) 2); // finds: unflushed-store bytes=2
        }
    }
}
