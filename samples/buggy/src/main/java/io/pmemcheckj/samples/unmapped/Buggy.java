package io.pmemcheckj.samples.unmapped;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets go of one mapping with unsaved stores and forces another one of the same file, at other pages. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "page", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer page = channel.map(MapMode.READ_WRITE, 0, 4096);
            page.putLong(0, 1); // finds: unflushed-store bytes=8 occurrences=1
            MappedByteBuffer next = channel.map(MapMode.READ_WRITE, 4096, 4096);
            next.putLong(0, 2);
            next.force();
        } finally {
            Files.delete(file);
        }
    }
}
