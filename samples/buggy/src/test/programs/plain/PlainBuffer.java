import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/** An ordinary program on an ordinary mapped file: writes a table, forces it, reads it back. */
public final class PlainBuffer {
    private PlainBuffer() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]).resolve("table.dat");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 1 << 20);
            while (map.hasRemaining()) {
                map.putInt(map.position() * 31);
            }
            map.force();
            CRC32 crc = new CRC32();
            crc.update(map.rewind());
            System.out.println("crc " + Long.toHexString(crc.getValue()));
        }
    }
}
