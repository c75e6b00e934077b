package io.pmemcheckj.samples.store_sites;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/** The same places, and one force at the end. */
public final class Fixed {
    private final MappedByteBuffer buffer;

    private Fixed(MappedByteBuffer map) {
        buffer = map;
        buffer.putInt(32, 1);
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "map", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 4096);
            Runnable lambda = () -> map.putLong(0, 1);
            lambda.run();
            IntConsumer reference = new Fixed(map)::storeAt;
            reference.accept(64);
            reference.accept(72);
            new Inner().store(map);
            write(map, 192, 1L, 2L, 3L);
            map.force();
        } finally {
            Files.delete(file);
        }
    }

    private void storeAt(int index) {
        buffer.putLong(index, index);
    }

    private static void write(MappedByteBuffer map, int start, long... values) {
        int index = start;
        for (long value : values) {
            map.putLong(index, value);
            index += 8;
        }
    }

    private static final class Inner {
        void store(MappedByteBuffer map) {
            map.put(128, (byte) 1).put(129, (byte) 2);
        }
    }
}
