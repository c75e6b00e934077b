package io.pmemcheckj.samples.unaligned_length;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on warning
/** The length stands at a multiple of its size, within eight bytes that persist as one. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "names", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer names = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            names.putInt(64, 255);
            names.force(64, 4);
            names.putInt(64, 65_792);
            names.force(64, 4);
        } finally {
            Files.delete(file);
        }
    }
}
