package matrix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;

/** Vectors stored into byte buffers. */
public final class Vectors {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final VectorMask<Byte> HALF = VectorMask.fromLong(ByteVector.SPECIES_128, 0xff);
    private static final VectorMask<Integer> FIRST = VectorMask.fromLong(IntVector.SPECIES_256, 1);
    private static final VectorMask<Long> LAST = VectorMask.fromLong(LongVector.SPECIES_256, 8);
    private static final VectorMask<Long> OUTER = VectorMask.fromLong(LongVector.SPECIES_256, 9);
    private static final VectorMask<Long> NONE = VectorMask.fromLong(LongVector.SPECIES_256, 0);

    private Vectors() {}

    public static void add(Rows t) {
        species(t);
        masks(t);
    }

    private static void species(Rows t) {
        t.row("ByteVector.intoByteBuffer, 64", 8, m -> ByteVector.broadcast(ByteVector.SPECIES_64, m.byteValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("ByteVector.intoByteBuffer, 128", 16, m -> ByteVector.broadcast(ByteVector.SPECIES_128, m.byteValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("ByteVector.intoByteBuffer, 256", 32, m -> ByteVector.broadcast(ByteVector.SPECIES_256, m.byteValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("ByteVector.intoByteBuffer, 512", 64, m -> ByteVector.broadcast(ByteVector.SPECIES_512, m.byteValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("ShortVector.intoByteBuffer", 16, m -> ShortVector.broadcast(ShortVector.SPECIES_128, m.shortValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("IntVector.intoByteBuffer", 32, m -> IntVector.broadcast(IntVector.SPECIES_256, m.intValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("LongVector.intoByteBuffer", 32, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("FloatVector.intoByteBuffer", 16, m -> FloatVector.broadcast(FloatVector.SPECIES_128, m.floatValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("DoubleVector.intoByteBuffer", 32, m -> DoubleVector.broadcast(DoubleVector.SPECIES_256, m.doubleValue).intoByteBuffer(m.buffer, m.at, LITTLE));
        t.row("LongVector.intoByteBuffer, big endian", 32, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoByteBuffer(m.buffer, m.at, BIG));
        t.row("LongVector.intoByteBuffer, of a slice", 32, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoByteBuffer(m.buffer.slice(m.at, 32), 0, LITTLE));
        t.row("LongVector.intoByteBuffer, of the heap", 0, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoByteBuffer(ByteBuffer.allocate(32), 0, LITTLE)).times(500);
        t.row("LongVector.fromByteBuffer", 0, m -> LongVector.fromByteBuffer(LongVector.SPECIES_256, m.buffer, m.at, LITTLE));
        t.row("IntVector result of an operation", 32, m -> IntVector.fromByteBuffer(IntVector.SPECIES_256, m.buffer, m.at, LITTLE).or(m.intValue).intoByteBuffer(m.buffer, m.at, LITTLE));
    }

    /** The truth is the lanes that are set: the others keep what was there. */
    private static void masks(Rows t) {
        t.row("ByteVector.intoByteBuffer, half", 8, m -> ByteVector.broadcast(ByteVector.SPECIES_128, m.byteValue).intoByteBuffer(m.buffer, m.at, LITTLE, HALF)).stride(16);
        t.row("IntVector.intoByteBuffer, one lane", 4, m -> IntVector.broadcast(IntVector.SPECIES_256, m.intValue).intoByteBuffer(m.buffer, m.at, LITTLE, FIRST)).stride(32);
        t.row("LongVector.intoByteBuffer, last lane", 8, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoByteBuffer(m.buffer, m.at, LITTLE, LAST)).stride(32);
        t.row("LongVector.intoByteBuffer, outer lanes", 16, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoByteBuffer(m.buffer, m.at, LITTLE, OUTER)).stride(32);
        t.row("LongVector.intoByteBuffer, no lane", 0, m -> LongVector.broadcast(LongVector.SPECIES_256, m.longValue).intoByteBuffer(m.buffer, m.at, LITTLE, NONE)).stride(32);
    }
}
