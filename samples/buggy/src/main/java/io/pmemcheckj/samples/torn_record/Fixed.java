package io.pmemcheckj.samples.torn_record;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

// run: --fail-on warning
/** Both lie in one sector, which a disk writes as one. */
public final class Fixed {
    private static final int RECORD = 512;

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "record", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer record = channel.map(MapMode.READ_WRITE, 0, 4096);
            record.putLong(RECORD, 20L << 32 | 0x1234);
            record.force(RECORD, 8);
            record.putLong(RECORD, 24L << 32 | 0x5678);
            record.force(RECORD, 8);
        } finally {
            Files.delete(file);
        }
    }
}
