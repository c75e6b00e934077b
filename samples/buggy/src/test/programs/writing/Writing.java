import static java.nio.file.StandardOpenOption.*;

import java.io.BufferedWriter;
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Changes files in each way that Java has, mapped and through descriptors, some that were there before and some that it
 * makes.
 */
public class Writing {
    private static final Random RANDOM = new Random(6);

    private final Path folder;

    private Writing(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Writing writing = new Writing(Path.of(args[0]));
        writing.old();
        writing.mapped();
        writing.channels();
        writing.copies();
        writing.streams();
        writing.randomAccess();
        writing.names();
        writing.threads();
        System.out.println("done");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.wrap(random(length));
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    /** Files that the test made before. */
    private void old() throws Exception {
        try (FileChannel channel = FileChannel.open(path("old-mapped"), READ, WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 4096, 8192);
            map.put(100, random(5000));
            map.force();
        }
        Files.write(path("old-appended"), random(10), APPEND);
        try (FileChannel channel = FileChannel.open(path("old-cut"), WRITE)) {
            channel.truncate(5000);
            channel.write(buffer(3), 6000);
        }
        Files.write(path("old-replaced"), random(100)); // truncates
        try (OutputStream out = new FileOutputStream(path("old-link").toFile())) { // the file behind the link, too
            out.write(random(77));
        }
        try (RandomAccessFile file = new RandomAccessFile(path("old-grown").toFile(), "rw")) {
            file.setLength(20_000);
        }
        Files.delete(path("old-removed"));
        Files.move(path("old-moved"), path("old-moved-there"));
        Files.move(path("old-winner"), path("old-loser"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void mapped() throws Exception {
        try (FileChannel channel = FileChannel.open(path("mapped"), CREATE, READ, WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 12_345);
            map.order(ByteOrder.LITTLE_ENDIAN);
            map.putLong(8, 0x1234567812345678L).put(4000, random(300));
            channel.write(buffer(20), 10);
            map.putInt(12, 42); // over what was written
            channel.write(buffer(6), 12_340); // beyond the end
            MappedByteBuffer again = channel.map(FileChannel.MapMode.READ_WRITE, 8192, 8192);
            again.put(5000, random(100));
            channel.read(again.position(100).limit(300), 0);
            channel.truncate(14_000);
            channel.force(true);
        }
    }

    private void channels() throws Exception {
        try (FileChannel channel = FileChannel.open(path("channel"), CREATE_NEW, WRITE)) {
            channel.write(buffer(10));
            channel.write(new ByteBuffer[] {buffer(3), buffer(0), ByteBuffer.allocateDirect(5), buffer(70)});
            channel.write(buffer(4), 2);
            channel.position(50).write(ByteBuffer.allocateDirect(7).put(0, random(7)));
            channel.write(buffer(100_000));
        }
        try (FileChannel channel = FileChannel.open(path("channel"), APPEND)) {
            channel.write(buffer(9));
        }
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(path("asynchronous"), CREATE, WRITE)) {
            channel.write(buffer(1000), 500).get();
            channel.truncate(1200);
        }
        Files.writeString(path("text"), "tä\n");
        Files.write(path("lines"), List.of("a", "b"));
        try (BufferedWriter writer = Files.newBufferedWriter(path("writer"))) {
            writer.write("x".repeat(20_000));
        }
        Files.write(path("durable"), random(10), CREATE, DSYNC);
    }

    private void copies() throws Exception {
        Path source = Files.write(path("source"), random(50_001));
        Files.copy(source, path("copy"));
        Files.copy(path("old-mapped"), path("copy-of-old"));
        Files.copy(path("empty"), path("copy-of-nothing"));
        try (FileChannel from = FileChannel.open(source);
                FileChannel to = FileChannel.open(path("transferred"), CREATE, READ, WRITE)) {
            to.transferFrom(from, 0, 20_000);
            from.transferTo(10, 30_000, to.position(7));
            MappedByteBuffer map = to.map(FileChannel.MapMode.READ_WRITE, 0, 100);
            map.put(50, (byte) 1);
            to.transferFrom(from.position(100), 40, 30);
        }
        try (FileChannel from = FileChannel.open(source);
                FileOutputStream to = new FileOutputStream(path("transferred-to-stream").toFile())) {
            from.transferTo(0, 1000, to.getChannel());
        }
    }

    private void streams() throws Exception {
        try (FileOutputStream out = new FileOutputStream(path("stream").toFile())) {
            out.write(7);
            out.write(random(10));
            out.write(random(10), 3, 4);
        }
        try (FileOutputStream out = new FileOutputStream(path("stream").toFile(), true)) {
            out.write(random(3));
        }
        try (OutputStream out = new GZIPOutputStream(new FileOutputStream(path("zipped").toFile()))) {
            out.write(random(100_000));
        }
    }

    private void randomAccess() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(path("random").toFile(), "rw")) {
            file.writeLong(5);
            file.writeUTF("grün");
            file.seek(100);
            file.writeBytes("bytes\u0141");
            file.writeChars("chärs\u0141");
            file.write(random(10), 2, 3);
            file.setLength(110);
            file.setLength(200);
            file.writeByte(1);
            file.getFD().sync();
            file.getChannel().write(buffer(10), 3);
        }
    }

    private void names() throws Exception {
        File temporary = File.createTempFile("temp", ".tmp", folder.toFile());
        Files.write(temporary.toPath(), random(30));
        if (!temporary.renameTo(path("renamed").toFile())) {
            throw new IllegalStateException("not renamed");
        }
        Files.write(path("new"), random(500));
        Files.move(path("new"), path("renamed-over"));
        Files.write(path("new"), random(400));
        Files.move(path("new"), path("renamed-over"), StandardCopyOption.REPLACE_EXISTING);
        for (int i = 0; i < 5; i++) { // whose inode the next one may get
            Files.write(path("short-lived"), random(1000 - 100 * i));
            Files.delete(path("short-lived"));
        }
        Files.write(path("last"), random(3));
        Path roundabout = path("../" + folder.getFileName());
        Files.write(roundabout.resolve("./roundabout"), random(30));
        Files.move(roundabout.resolve("roundabout"), path("straight"));
        Files.write(roundabout.resolve("./roundabout"), random(30));
        Files.delete(path("roundabout"));
        Files.move(roundabout.resolve("old-roundabout"), path("old-straight"));
        Files.write(path("empty-again"), random(3));
        Files.newOutputStream(path("empty-again")).close();
    }

    /** Each has a part of each file of its own. */
    private void threads() throws Exception {
        Thread[] threads = new Thread[4];
        try (FileChannel shared = FileChannel.open(path("shared"), CREATE, READ, WRITE)) {
            for (int i = 0; i < threads.length; i++) {
                int part = 5000 * i;
                byte[] bytes = random(5000);
                threads[i] = new Thread(() -> {
                    try (FileChannel old = FileChannel.open(path("old-shared"), WRITE)) {
                        for (int at = 0; at < 5000; at += 50) {
                            shared.write(ByteBuffer.wrap(bytes, at, 25), part + at);
                            old.write(ByteBuffer.wrap(bytes, at, 50), part + at);
                        }
                        MappedByteBuffer map = shared.map(FileChannel.MapMode.READ_WRITE, part, 5000);
                        for (int at = 25; at < 5000; at += 50) {
                            map.put(at, bytes, at, 25);
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
