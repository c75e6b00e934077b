package io.pmemcheckj.samples.unsynced_metadata;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

// run: --fail-on warning
/**
 * Syncs the folder once the new version has its name.
 */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path index = folder.resolve("index.dat"); // stays there: what becomes of it is the point
        Path draft = Files.createTempFile(folder, "draft", ".dat");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer content = channel.map(MapMode.READ_WRITE, 0, 4096);
            content.putLong(0, 42);
            channel.force(true);
        }
        Files.move(draft, index, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
        System.out.println("the new index is in place");
    }
}
