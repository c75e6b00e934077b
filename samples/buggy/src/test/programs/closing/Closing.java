import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Closes the arenas of mappings to which threads store: they get an exception, and nobody sees more than that. */
public final class Closing {
    private static final int ROUNDS = 200;
    private static final int SIZE = 1 << 16;

    private Closing() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]).resolve("closing.dat");
        for (int round = 0; round < ROUNDS; round++) {
            Arena arena = Arena.ofShared();
            MemorySegment map;
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                map = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE, arena);
            }
            Thread[] threads = {new Thread(() -> put(map)), new Thread(() -> copy(map))};
            for (Thread thread : threads) {
                thread.start();
            }
            Thread.sleep(2);
            close(arena);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("closed");
    }

    private static void put(MemorySegment map) {
        try {
            for (long i = 0; ; i++) {
                map.set(ValueLayout.JAVA_LONG, i % 512 * 8, i);
            }
        } catch (IllegalStateException e) {
            // closed
        }
    }

    private static void copy(MemorySegment map) {
        byte[] bytes = new byte[SIZE / 4];
        try {
            while (true) {
                MemorySegment.copy(bytes, 0, map, ValueLayout.JAVA_BYTE, SIZE / 2, bytes.length);
            }
        } catch (IllegalStateException e) {
            // closed
        }
    }

    private static void close(Arena arena) {
        while (arena.scope().isAlive()) {
            try {
                arena.close();
            } catch (IllegalStateException e) {
                // a copy holds it for a moment
            }
        }
    }
}
