package io.pmemcheckj.samples.memory_segment;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Stores through a memory segment whose arena closes before any force. */
public final class Buggy {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "segment", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = channel.map(MapMode.READ_WRITE, 0, 4096, arena);
                segment.set(ValueLayout.JAVA_LONG, 0, 42); // finds: unflushed-store bytes=8 occurrences=1
                segment.setAtIndex(ValueLayout.JAVA_INT, 16, 1); // finds: unflushed-store bytes=4 occurrences=1
                segment.asSlice(128, 100).fill((byte) 1); // finds: unflushed-store bytes=100 occurrences=1
                MemorySegment.copy(MemorySegment.ofArray(new byte[200]), 0, segment, 256, 200); // finds: unflushed-store bytes=200
                segment.setString(512, "data"); // finds: unflushed-store bytes=5
                LONG.getAndAdd(segment, 640L, 1L); // finds: unflushed-store bytes=8 occurrences=1
                segment.asByteBuffer().putLong(704, 1); // finds: unflushed-store bytes=8 occurrences=1
            }
        } finally {
            Files.delete(file);
        }
    }
}
