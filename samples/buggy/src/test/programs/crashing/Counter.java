import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Counts in a file, each number forced: as many crash states as numbers, and the one before the first. */
public final class Counter {
    private Counter() {}

    public static void main(String[] args) throws Exception {
        try (FileChannel channel = FileChannel.open(
                Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer counter = channel.map(MapMode.READ_WRITE, 0, 4096);
            for (int i = 1; i <= Integer.parseInt(args[1]); i++) {
                counter.putLong(0, i);
                counter.force(0, 8);
            }
        }
    }
}
