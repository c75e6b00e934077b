import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

/** Writes a file in one run and recovers from it in the next. */
public final class Recovering {
    private static final int COUNT = 0;
    private static final int RECORDS = 64;
    private static final int STATISTICS = 2048;

    private final MappedByteBuffer file;

    private Recovering(MappedByteBuffer file) {
        this.file = file;
    }

    private void write(boolean careful) {
        for (int i = 0; i < 10; i++) {
            int at = RECORDS + 64 * i;
            file.putLong(at, 100 + i);
            if (careful || i < 9) {
                file.force(at, 8);
            }
            file.putLong(COUNT, i + 1);
            file.force(COUNT, at + 8);
        }
        file.putLong(STATISTICS, 10);
        if (careful) {
            file.force(STATISTICS, 8);
        }
    }

    private long recover() {
        long sum = 0;
        for (int i = 0; i < file.getLong(COUNT); i++) {
            sum += file.getLong(RECORDS + 64 * i); // guarded
        }
        return sum + file.getLong(STATISTICS); // never persistent
    }

    public static void main(String[] arguments) throws Exception {
        try (FileChannel channel = FileChannel.open(
                Path.of(arguments[0]),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            Recovering data = new Recovering(channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096));
            if (arguments[1].equals("recover")) {
                System.out.println(data.recover());
            } else {
                data.write(arguments[1].equals("careful"));
            }
        }
    }
}
