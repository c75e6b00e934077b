import java.io.File;
import java.io.FileInputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the file "data" of 10000 bytes in the first folder, and then the same in the second; each comment holds which
 * bytes the line reads there, from and up to.
 */
public final class Reading {
    private static Path data;

    private Reading() {}

    public static void main(String[] args) throws Exception {
        for (String folder : args) {
            data = Path.of(folder, "data");
            streams();
            randomAccess();
            channels();
            files();
            mappings();
        }
        System.out.println("done");
    }

    private static void streams() throws Exception {
        byte[] bytes = new byte[100];
        try (FileInputStream in = new FileInputStream(data.toFile())) {
            in.read(); // traces: 0-1
            in.read(bytes); // traces: 1-101
            in.skip(99);
            in.read(bytes, 0, 50); // traces: 200-250
            in.readAllBytes(); // traces: 250-10000
            in.read();
            in.read(bytes);
        }
        try (FileInputStream in = new FileInputStream(data.toFile())) {
            in.readNBytes(20); // traces: 0-20
        }
    }

    private static void randomAccess() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "r")) {
            file.seek(10);
            file.read(); // traces: 10-11
            file.readLong(); // traces: 11-19
            file.seek(1000);
            file.readFully(new byte[30]); // traces: 1000-1030
            file.read(new byte[8]); // traces: 1030-1038
            file.read(new byte[8], 1, 2); // traces: 1038-1040
            file.getChannel().read(ByteBuffer.allocate(10)); // traces: 1040-1050
            file.seek(9999);
            file.read(new byte[8]); // traces: 9999-10000
            file.read(new byte[8]);
        }
    }

    private static void channels() throws Exception {
        try (FileChannel channel = FileChannel.open(data)) {
            channel.read(ByteBuffer.allocate(7)); // traces: 0-7
            channel.read(ByteBuffer.allocateDirect(7), 5000); // traces: 5000-5007
            channel.read(new ByteBuffer[] {ByteBuffer.allocate(3), ByteBuffer.allocate(2)}); // traces: 7-12
            Path other = Files.createTempFile("reading", null);
            try (FileChannel to = FileChannel.open(other, StandardOpenOption.WRITE)) {
                channel.transferTo(100, 200, to); // traces: 100-300
                to.transferFrom(channel.position(300), 0, 200); // traces: 300-500
            }
            Files.delete(other);
        }
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(data)) {
            channel.read(ByteBuffer.allocate(10), 77).get();
        }
    }

    private static void files() throws Exception {
        Files.readAllBytes(data); // traces: 0-10000
        try (var lines = Files.lines(data, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            lines.count(); // traces: 0-10000
        }
        File copy = File.createTempFile("reading", null);
        copy.delete();
        Files.copy(data, copy.toPath()); // traces: 0-10000
        copy.delete();
    }

    private static void mappings() throws Exception {
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer readOnly = channel.map(MapMode.READ_ONLY, 1000, 5000);
            readOnly.getLong(16); // traces: 1016-1024
            readOnly.get(new byte[100]); // traces: 1000-1100
            MappedByteBuffer copyOnWrite = channel.map(MapMode.PRIVATE, 0, 5000);
            copyOnWrite.putInt(4, 1).get(8); // traces: 8-9
            MappedByteBuffer shared = channel.map(MapMode.READ_WRITE, 0, 10_000);
            shared.get(9000); // traces: 9000-9001
            readOnly.get(0); // traces: 1000-1001
        }
    }
}
