package io.pmemcheckj.samples.overwritten_store;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --rules +overwritten-store --fail-on note
/** Counts in a local variable and stores the result. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "state", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer state = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            int count = 0;
            for (int i = 1; i <= 5; i++) {
                count++;
            }
            state.putInt(0, count);
            state.force(0, 4);
        } finally {
            Files.delete(file);
        }
    }
}
