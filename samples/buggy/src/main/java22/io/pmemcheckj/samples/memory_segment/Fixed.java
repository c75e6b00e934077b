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

/** Forces the segment before its arena closes. */
public final class Fixed {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "segment", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = channel.map(MapMode.READ_WRITE, 0, 4096, arena);
                segment.set(ValueLayout.JAVA_LONG, 0, 42);
                segment.setAtIndex(ValueLayout.JAVA_INT, 16, 1);
                segment.asSlice(128, 100).fill((byte) 1);
                MemorySegment.copy(MemorySegment.ofArray(new byte[200]), 0, segment, 256, 200);
                segment.setString(512, "data");
                LONG.getAndAdd(segment, 640L, 1L);
                segment.asByteBuffer().putLong(704, 1);
                segment.force();
            }
        } finally {
            Files.delete(file);
        }
    }
}
