package io.pmemcheckj.samples.memory_segment_pmem;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Forces the header slice of a segment in persistent memory and forgets the body. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "segment", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment segment = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096, arena);
                MemorySegment header = segment.asSlice(0, 64);
                MemorySegment body = segment.asSlice(64, 256);
                body.set(ValueLayout.JAVA_LONG, 0, 42); // finds: unflushed-store bytes=8 occurrences=1
                header.set(ValueLayout.JAVA_LONG, 0, 1);
                header.force();
            }
        } finally {
            Files.delete(file);
        }
    }
}
