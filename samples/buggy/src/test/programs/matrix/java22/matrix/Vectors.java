package matrix;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;

/** Vectors stored into segments. */
public final class Vectors {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final VectorMask<Byte> HALF = VectorMask.fromLong(ByteVector.SPECIES_128, 0xff);
    private static final VectorMask<Integer> FIRST = VectorMask.fromLong(IntVector.SPECIES_256, 1);
    private static final VectorMask<Long> LAST = VectorMask.fromLong(LongVector.SPECIES_256, 8);
    private static final VectorMask<Long> OUTER = VectorMask.fromLong(LongVector.SPECIES_256, 9);
    private static final VectorMask<Long> NONE = VectorMask.fromLong(LongVector.SPECIES_256, 0);

    private Vectors() {}

    private static MemorySegment all() {
        return MappedSegment.ALL;
    }

    public static void add(Rows t) {
        species(t);
        masks(t);
    }

    private static void species(Rows t) {
        t.row("ByteVector.intoMemorySegment, 64", 8, m -> ByteVector.broadcast(ByteVector.SPECIES_64, m.byteValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("ByteVector.intoMemorySegment, 128", 16, m -> ByteVector.broadcast(ByteVector.SPECIES_128, m.byteValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("ByteVector.intoMemorySegment, 256", 32, m -> ByteVector.broadcast(ByteVector.SPECIES_256, m.byteValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("ByteVector.intoMemorySegment, 512", 64, m -> ByteVector.broadcast(ByteVector.SPECIES_512, m.byteValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("ShortVector.intoMemorySegment", 16, m -> ShortVector.broadcast(ShortVector.SPECIES_128, m.shortValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("IntVector.intoMemorySegment", 32, m -> IntVector.broadcast(IntVector.SPECIES_256, m.intValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("LongVector.intoMemorySegment", 32, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("FloatVector.intoMemorySegment", 16, m -> FloatVector.broadcast(FloatVector.SPECIES_128, m.floatValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("DoubleVector.intoMemorySegment", 32, m -> DoubleVector.broadcast(DoubleVector.SPECIES_256, m.doubleValue).intoMemorySegment(all(), m.at, LITTLE));
        t.row("LongVector.intoMemorySegment, big endian", 32, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(all(), m.at, BIG));
        t.row("LongVector.intoMemorySegment, of a buffer", 32, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(MemorySegment.ofBuffer(m.buffer.duplicate().clear()), m.at, LITTLE));
        t.row("LongVector.intoMemorySegment, of a slice", 32, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(all().asSlice(m.at, 32), 0, LITTLE));
        t.row("LongVector.intoMemorySegment, of the heap", 0, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(MemorySegment.ofArray(new long[4]), 0, LITTLE)).times(500);
        t.row("LongVector.fromMemorySegment", 0, m -> LongVector.fromMemorySegment(LongVector.SPECIES_256, all(), m.at, LITTLE));
        t.row("IntVector result of an operation", 32, m -> IntVector.fromMemorySegment(IntVector.SPECIES_256, all(), m.at, LITTLE).or(m.intValue).intoMemorySegment(all(), m.at, LITTLE));
    }

    /** The truth is the lanes that are set: the others keep what was there. */
    private static void masks(Rows t) {
        t.row("ByteVector.intoMemorySegment, half", 8, m -> ByteVector.broadcast(ByteVector.SPECIES_128, m.byteValue).intoMemorySegment(all(), m.at, LITTLE, HALF)).stride(16);
        t.row("IntVector.intoMemorySegment, one lane", 4, m -> IntVector.broadcast(IntVector.SPECIES_256, m.intValue).intoMemorySegment(all(), m.at, LITTLE, FIRST)).stride(32);
        t.row("LongVector.intoMemorySegment, last lane", 8, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(all(), m.at, LITTLE, LAST)).stride(32);
        t.row("LongVector.intoMemorySegment, outer lanes", 16, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(all(), m.at, LITTLE, OUTER)).stride(32);
        t.row("LongVector.intoMemorySegment, no lane", 0, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoMemorySegment(all(), m.at, LITTLE, NONE)).stride(32);
    }
}
