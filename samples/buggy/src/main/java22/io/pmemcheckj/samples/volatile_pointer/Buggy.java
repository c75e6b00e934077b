package io.pmemcheckj.samples.volatile_pointer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

// run: --fail-on warning
/** A durable node holds the address of a value that is not: after a restart it leads anywhere. */
public final class Buggy {
    private static final long NODE = 64;
    private static final long VALUE = 8; // offset in a node

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "nodes", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment nodes = channel.map(MapMode.READ_WRITE, 0, 4096, arena);
            MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            value.set(ValueLayout.JAVA_LONG, 0, 42);
            nodes.set(ValueLayout.ADDRESS, NODE + VALUE, value); // finds: volatile-pointer bytes=8 occurrences=1
            nodes.force();
        } finally {
            Files.delete(file);
        }
    }
}
