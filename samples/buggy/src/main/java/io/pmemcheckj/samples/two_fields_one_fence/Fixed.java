package io.pmemcheckj.samples.two_fields_one_fence;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Forces the reading before it is counted. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "readings", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer readings = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            PmemCheck.expectOrdered(readings, 64, 4032, readings, 0, 8);
            readings.putLong(64, 17);
            readings.force(64, 8);
            readings.putLong(0, 1);
            readings.force(0, 8);
        } finally {
            Files.delete(file);
        }
    }
}
