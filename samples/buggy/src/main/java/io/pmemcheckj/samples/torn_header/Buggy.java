package io.pmemcheckj.samples.torn_header;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/**
 * Root and size are declared to change as one, and are two longs. A crash between them leaves the new root with the
 * old size: they lie in one line, but only eight bytes persist as one.
 */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "header", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer header = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            PmemCheck.atomic(header, 0, 16);
            for (int i = 1; i <= 3; i++) {
                header.putLong(0, 4096 * i);
                header.putLong(8, 100 * i); // finds: torn-store
                header.force(0, 16);
            }
        } finally {
            Files.delete(file);
        }
    }
}
