package matrix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import jdk.incubator.foreign.MemorySegment;
import jdk.incubator.foreign.ResourceScope;

/** A mapping of the file besides that of the buffer. */
final class MappedSegment {
    static final MemorySegment ALL = map();

    private MappedSegment() {}

    private static MemorySegment map() {
        try {
            Memory memory = Matrix.memory();
            return MemorySegment.mapFile(memory.file.toPath(), 0, memory.channel.size(), FileChannel.MapMode.READ_WRITE, ResourceScope.globalScope());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
