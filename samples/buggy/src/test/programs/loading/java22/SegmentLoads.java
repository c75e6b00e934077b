import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Each way of loading from a mapped segment; comments hold the ranges that are traced, and what decides. */
public final class SegmentLoads {
    private static final ValueLayout.OfLong SWAPPED =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = ValueLayout.JAVA_LONG.varHandle();

    private static Object sink;

    private SegmentLoads() {}

    private static void keep(Object value) {
        sink = value;
    }

    public static void main(String[] args) throws Exception {
        try (FileChannel file = FileChannel.open(
                        Path.of(args[0], "loads.dat"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                Arena arena = Arena.ofShared()) {
            load(file.map(MapMode.READ_WRITE, 0, 1 << 16, arena));
        }
        System.out.println("done");
    }

    private static void load(MemorySegment map) {
        keep(map.get(ValueLayout.JAVA_BYTE, 0)); // traces: 0+1
        keep(map.get(ValueLayout.JAVA_BOOLEAN, 8)); // traces: 8+1
        keep(map.get(ValueLayout.JAVA_SHORT, 16)); // traces: 16+2
        keep(map.get(ValueLayout.JAVA_LONG_UNALIGNED, 25)); // traces: 25+8
        keep(map.get(SWAPPED, 40)); // traces: 40+8
        keep(map.getAtIndex(ValueLayout.JAVA_INT, 12)); // traces: 48+4
        keep(map.get(ValueLayout.ADDRESS, 56)); // traces: 56+8
        keep((long) LONGS.getVolatile(map, 64L)); // traces: 64+8
        keep((boolean) LONGS.compareAndSet(map, 72L, 1L, 2L)); // traces: 72+8
        keep((long) LONGS.getAndAdd(map, 80L, 2L)); // traces: 80+8
        keep(map.asByteBuffer().getLong(96)); // traces: 96+8
        keep(map.asSlice(128, 100).toArray(ValueLayout.JAVA_BYTE)); // traces: 128+100
        MemorySegment.copy(map, 256, MemorySegment.ofArray(new byte[100]), 0, 100); // traces: 256+100
        MemorySegment.copy(map, ValueLayout.JAVA_INT, 384, new int[8], 0, 8); // traces: 384+32
        keep(map.asSlice(512, 128).mismatch(MemorySegment.ofArray(new byte[128]))); // traces: 512+128
        if (map.get(ValueLayout.JAVA_INT, 704) == 3) { // traces: 704+4 guards
            keep(1);
        }
        if ((long) LONGS.getAcquire(map, 712L) == 3) { // traces: 712+8 guards
            keep(1);
        }
    }
}
