import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tests that know nothing of the check. */
class GatedTest {
    private static MappedByteBuffer map(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(
                folder.resolve("gated"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
        }
    }

    @Test
    void good(@TempDir Path folder) throws IOException {
        MappedByteBuffer map = map(folder);
        map.putLong(0, 1);
        map.force();
    }

    @Test
    void bad(@TempDir Path folder) throws IOException {
        map(folder).putLong(0, 1);
    }

    @TestFactory
    Stream<DynamicTest> factory(@TempDir Path folder) throws IOException {
        MappedByteBuffer map = map(folder);
        return Stream.of(
                dynamicTest("good dynamic", map::force), dynamicTest("bad dynamic", () -> map.putLong(0, 1)));
    }
}
