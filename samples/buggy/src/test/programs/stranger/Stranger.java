import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process writes to the mapped file. */
public final class Stranger {
    private Stranger() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]).resolve("shared.dat");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 65_536);
            map.putLong(16, 1); // below
            map.putLong(4000, 1); // above
            map.force();
            String command = "printf stranger | dd of=" + file + " bs=1 seek=3000 conv=notrunc 2> /dev/null";
            new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
            System.out.println(map.get(3000));
        }
    }
}
