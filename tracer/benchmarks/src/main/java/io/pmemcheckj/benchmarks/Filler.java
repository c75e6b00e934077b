package io.pmemcheckj.benchmarks;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program that does little but store, so that its run is as long as the replay of it: {@code Filler FOLDER STORES}. */
public final class Filler {
    private static final int SIZE = 64 << 20;

    private Filler() {}

    public static void main(String[] args) throws IOException {
        int stores = Integer.parseInt(args[1]);
        Path file = Files.createTempFile(Path.of(args[0]), "filler", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, SIZE);
            long state = 88172645463325252L;
            for (int i = 0; i < stores; i++) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
                map.putLong((int) state & SIZE - 8, state);
            }
            map.force();
        } finally {
            Files.delete(file);
        }
    }
}
