import io.pmemcheckj.api.PmemCheck;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a program that keeps data in a mapped file; those named after a mistake have to fail. */
class ExpectingTest {
    @TempDir
    Path folder;

    private FileChannel channel;
    private MappedByteBuffer log;

    @BeforeEach
    void map() throws Exception {
        channel = FileChannel.open(
                folder.resolve("log.dat"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        log = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
    }

    @Test
    void persisted() {
        log.putLong(128, 1);
        log.force(128, 8);
        PmemCheck.expectPersisted(log, 128, 8);
    }

    @Test
    void notFlushed() {
        log.putLong(128, 1);
        PmemCheck.expectPersisted(log, 128, 8);
    }

    @Test
    void flushedAfterAFailure() {
        log.putLong(128, 1);
        try {
            PmemCheck.expectPersisted(log, 128, 8);
        } catch (AssertionError expected) {
            log.force(128, 8);
            PmemCheck.expectPersisted(log, 128, 8);
        }
    }

    @Test
    void ordered() {
        PmemCheck.expectOrdered(log, 256, 16, log, 512, 8);
        log.putLong(256, 1);
        log.force(256, 16);
        log.putLong(512, 1);
        log.force(512, 8);
    }

    @Test
    void notOrdered() {
        PmemCheck.expectOrdered(log, 1024, 16, log, 2048, 8);
        log.putLong(1024, 1);
        log.putLong(2048, 1);
        log.force(1024, 1032);
    }

    @Test
    void notOrderedAndAskedLater() {
        PmemCheck.expectOrdered(log, 3072, 16, log, 3584, 8);
        log.putLong(3072, 1);
        log.putLong(3584, 1);
        PmemCheck.expectPersisted(log, 0, 8);
    }

    /** What another thread finds is not of this test. */
    @Test
    void anotherThread() throws Exception {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(() -> {
            log.putLong(192, 1);
            PmemCheck.expectPersisted(log, 192, 8);
        });
        thread.setUncaughtExceptionHandler((which, e) -> thrown[0] = e);
        thread.start();
        thread.join();
        if (thrown[0] != null) {
            throw new IllegalStateException(thrown[0]);
        }
    }

    public static void main(String[] arguments) throws Exception {
        ExpectingTest outside = new ExpectingTest();
        outside.folder = Path.of(arguments[0]);
        outside.map();
        outside.notFlushed();
        System.out.println("done");
    }
}
