package matrix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/** Mappings of the file besides that of the buffer. */
final class MappedSegment {
    static final MemorySegment ALL = map();

    private MappedSegment() {}

    private static MemorySegment map() {
        try {
            FileChannel channel = Matrix.memory().channel;
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), Arena.global());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Maps the file from an offset, which need not be one of a page, and unmaps it. */
    static void once(long offset, Consumer<MemorySegment> code) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            code.accept(Matrix.memory().channel.map(FileChannel.MapMode.READ_WRITE, offset, Matrix.REGION, arena));
        }
    }
}
