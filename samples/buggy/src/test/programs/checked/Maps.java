import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

final class Maps {
    private Maps() {}

    static MappedByteBuffer map(Path file) throws IOException {
        return map(file, FileChannel.MapMode.READ_WRITE);
    }

    static MappedByteBuffer mapSync(Path file) throws IOException {
        return map(file, ExtendedMapMode.READ_WRITE_SYNC);
    }

    private static MappedByteBuffer map(Path file, FileChannel.MapMode mode) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(mode, 0, 4096);
        }
    }
}
