import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.junit.CrashTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** Tests of a log that has its number of records in front. */
class CountedLogTest {
    private static final int RECORD = 4_096;

    /** Reads as a recovery does: no file and an empty one are an empty log. */
    private static final CrashTest.Check RECOVERS = image -> {
        Path log = image.folder().resolve("data/log");
        if (Files.exists(log) && Files.size(log) > RECORD) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log));
            assertEquals(bytes.getLong(0) * 42, bytes.getLong(RECORD), "the record");
        }
    };

    private static MappedByteBuffer log(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        try (FileChannel channel = FileChannel.open(
                data.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, 2 * RECORD);
        }
    }

    private static void appendAtOnce(Path folder) throws IOException {
        MappedByteBuffer log = log(folder);
        log.putLong(RECORD, 42);
        log.putLong(0, 1); // survives alone
        log.force();
    }

    private static void appendInOrder(Path folder) throws IOException {
        MappedByteBuffer log = log(folder);
        log.putLong(RECORD, 42);
        log.force();
        log.putLong(0, 1);
        log.force();
    }

    @Test
    void countAndRecordAtOnce() {
        CrashTest.explore(CountedLogTest::appendAtOnce, RECOVERS);
    }

    @Test
    void recordFirst() {
        CrashTest.of(CountedLogTest::appendInOrder).engine("exhaustive").explore(image -> {
            Path log = image.folder().resolve("data/log");
            if (Files.exists(log) && Files.size(log) > RECORD && image.map("log").getLong(0) == 1) {
                assertEquals(42, image.map("log").getLong(RECORD));
            }
        });
    }

    @Test
    void nothingStored() {
        CrashTest.explore(folder -> {}, image -> {});
    }

    public static void main(String[] arguments) {
        CrashTest.of(CountedLogTest::appendAtOnce).failure("process").explore(RECOVERS);
    }
}
