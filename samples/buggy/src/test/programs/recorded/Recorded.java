import io.pmemcheckj.api.PmemCheck;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.jfr.Recording;

/** Does one thing of each kind that a recording shows: {@code Recorded FILE}, or {@code Recorded FILE RECORDING} to record itself. */
public final class Recorded {
    static final int ROUNDS = 5;

    /** Something slow that a model tells of. */
    static final class Device {
        static void writeBack(ByteBuffer buffer, int from, int length) throws InterruptedException {
            Thread.sleep(20);
        }
    }

    /** Of a library that keeps one, as a model tells. */
    static final class UndoLog {
        static void begin() {}

        static void add(ByteBuffer buffer, int from, int length) {}

        static void abort() {}
    }

    public static void main(String[] args) throws Exception {
        try (FileChannel file = FileChannel.open(
                Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer data = file.map(FileChannel.MapMode.READ_WRITE, 0, 1 << 16);
            if (args.length > 1) {
                recordFromNowOn(data, file, Path.of(args[1]));
            } else {
                all(data, file);
            }
        }
    }

    private static void all(MappedByteBuffer data, FileChannel file) throws Exception {
        ByteBuffer scratch = ByteBuffer.allocateDirect(4096);
        PmemCheck.registerSegment(scratch, 0, 4096);
        PmemCheck.removeSegment(scratch, 0, 4096);

        PmemCheck.marker("flushes");
        for (int round = 0; round < ROUNDS; round++) {
            data.putLong(0, round + 1);
            data.putLong(64, round + 1);
            Device.writeBack(data, 0, 256);
        }
        data.putLong(4096, 1);
        data.force(4096, 8192);
        data.putLong(0, 0);
        file.force(true);

        PmemCheck.startTransaction(42);
        PmemCheck.startTransaction(42);
        PmemCheck.addToTransaction(42, data, 0, 8);
        PmemCheck.addToTransaction(42, data, 128, 16);
        data.putLong(0, 1);
        data.putLong(128, 1);
        data.force(0, 256);
        PmemCheck.endTransaction(42);
        PmemCheck.endTransaction(42);
        UndoLog.begin();
        UndoLog.add(data, 512, 8);
        data.putLong(512, 1);
        UndoLog.abort();
        PmemCheck.checkpoint("transactions");

        lose(data);
        PmemCheck.startTransaction();
        Thread.sleep(2200);
        PmemCheck.endTransaction();
    }

    private static void lose(ByteBuffer data) {
        data.putLong(1024, 1);
        PmemCheck.expectPersisted(data, 1024, 8); // is not
    }

    private static void recordFromNowOn(MappedByteBuffer data, FileChannel file, Path to) throws Exception {
        lose(data);
        try (Recording recording = new Recording()) {
            recording.start();
            for (int i = 0; i < 20; i++) { // until the tracer has noticed
                data.putLong(0, i);
                file.force(false);
                Device.writeBack(data, 0, 64);
                Thread.sleep(100);
            }
            recording.stop();
            recording.dump(to);
        }
    }
}
