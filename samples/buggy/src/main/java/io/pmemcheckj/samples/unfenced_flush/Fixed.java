package io.pmemcheckj.samples.unfenced_flush;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Fences after the flush, so the write-back is complete before the program goes on. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "log", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer log = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            log.putLong(0, 1);
            PmemCheck.flush(log, 0, 8);
            PmemCheck.fence();
        } finally {
            Files.delete(file);
        }
    }
}
