package io.pmemcheckj.samples.unaligned_length;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on warning
/**
 * A packed format puts the length at byte 62, across two cache lines, and changes it in place. A crash can leave two
 * bytes of the old length and two of the new one: 65,536 instead of 256 or 255.
 */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "names", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer names = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            names.putInt(62, 255);
            names.force(62, 4);
            names.putInt(62, 65_792); // finds: torn-store bytes=4 occurrences=1
            names.force(62, 4);
        } finally {
            Files.delete(file);
        }
    }
}
