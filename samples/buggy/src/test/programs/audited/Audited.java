import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Stores by threads that race for the same bytes, and writes through descriptors, into one mapped file. */
public final class Audited {
    private static final int SIZE = 65536;

    private Audited() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]).resolve("audited.dat");
        Files.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
            store(map);
            write(channel);
            writeStreams(file);
            transfer(channel, Path.of(args[0]).resolve("source.dat"));
            race(map);
            map.force();
            channel.force(true);
            remap(channel, file);
        }
    }

    private static void store(MappedByteBuffer map) {
        byte[] bytes = new byte[40_000];
        new Random(1).nextBytes(bytes);
        map.putLong(16, 0x1122334455667788L);
        map.put(3, (byte) 9);
        map.position(1000);
        map.put(bytes);
    }

    private static void write(FileChannel channel) throws Exception {
        channel.write(ByteBuffer.wrap("at a place".getBytes()), 50_000);
        channel.position(50_100);
        channel.write(ByteBuffer.wrap("sequential".getBytes()));
        channel.write(new ByteBuffer[] {ByteBuffer.wrap("gathered".getBytes()), ByteBuffer.allocateDirect(3)});
    }

    private static void writeStreams(Path file) throws Exception {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.seek(51_000);
            random.writeLong(5);
            random.write(new byte[] {1, 2, 3});
            random.writeBytes("bytes");
            random.writeChars("characters");
            random.setLength(70_000);
        }
        try (FileOutputStream stream = new FileOutputStream(file.toFile(), true)) {
            stream.write("appended".getBytes());
        }
    }

    private static void transfer(FileChannel channel, Path source) throws Exception {
        Files.write(source, new byte[300]);
        try (FileChannel from = FileChannel.open(source)) {
            channel.transferFrom(from, 52_000, 300);
            channel.position(53_000);
            from.transferTo(0, 300, channel);
        }
    }

    private static void race(MappedByteBuffer map) throws Exception {
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            long id = t;
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    map.putLong(56_000, id << 32 | i);
                    map.putInt(56_004 + i % 8, (int) id);
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Cuts the file, lets it grow again, and maps what has grown. */
    private static void remap(FileChannel channel, Path file) throws Exception {
        channel.truncate(65_000);
        MappedByteBuffer longer = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * SIZE);
        longer.putLong(2 * SIZE - 8, 7);
        longer.force();
        System.out.println(Files.size(file));
    }
}
