import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The same through java.lang.foreign. */
public final class SegmentPointers {
    private static final VarHandle ADDRESS = ValueLayout.ADDRESS.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private SegmentPointers() {}

    public static void main(String[] args) throws Exception {
        try (Arena arena = Arena.ofShared();
                FileChannel file = FileChannel.open(
                        Path.of(args[0], "segments.dat"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MemorySegment map = file.map(FileChannel.MapMode.READ_WRITE, 0, 4096, arena);
            store(map, arena.allocate(64, 8));
            map.set(ValueLayout.ADDRESS, 0, map.asSlice(64));
            map.set(ValueLayout.ADDRESS, 0, MemorySegment.NULL);
            map.force();
        }
        System.out.println("done");
    }

    private static void store(MemorySegment map, MemorySegment memory) {
        map.set(ValueLayout.ADDRESS, 0, memory); // traces: 1
        map.set(ValueLayout.ADDRESS_UNALIGNED, 8, memory); // traces: 1
        map.set(ValueLayout.JAVA_LONG, 16, memory.address()); // traces: 1
        map.set(ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN), 16, memory.address()); // traces: 1
        map.setAtIndex(ValueLayout.JAVA_LONG, 3, memory.address()); // traces: 1
        ADDRESS.setVolatile(map, 0L, memory.asSlice(8)); // traces: 1
        ADDRESS.compareAndSet(map, 0L, memory.asSlice(8), memory); // traces: 1
        LONG.getAndSet(map, 0L, memory.address()); // traces: 1
    }
}
