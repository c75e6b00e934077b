package io.pmemcheckj.samples.crash_append_log;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
// crash: --check-class io.pmemcheckj.samples.crash_append_log.Check
/** Forces all of a record before the log ends behind it. */
public final class Fixed {
    static final int TAIL = 0;
    static final int FIRST = 64;
    static final int RECORD = 128;
    static final int VALUE = 0;
    static final int COMPLEMENT = 64; // in the next cache line

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = folder.resolve("append-log.dat"); // stays there: what a crash leaves of it is the point
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileChannel names = FileChannel.open(folder)) {
            MappedByteBuffer log = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            channel.force(true);
            names.force(true);
            for (int i = 1; i <= 3; i++) {
                append(log, 100 + i);
                PmemCheck.marker("appended " + (100 + i));
            }
        }
    }

    private static void append(MappedByteBuffer log, long value) {
        int at = Math.max((int) log.getLong(TAIL), FIRST);
        log.putLong(at + VALUE, value);
        log.putLong(at + COMPLEMENT, ~value);
        log.force(at, RECORD);
        log.putLong(TAIL, at + RECORD);
        log.force(TAIL, 8);
    }
}
