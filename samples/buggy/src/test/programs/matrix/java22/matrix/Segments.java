package matrix;

import static java.lang.foreign.ValueLayout.*;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** java.lang.foreign. */
public final class Segments {
    private static final ByteOrder SWAPPED =
            ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    private static final OfShort SWAPPED_SHORT = JAVA_SHORT.withOrder(SWAPPED);
    private static final OfChar SWAPPED_CHAR = JAVA_CHAR.withOrder(SWAPPED);
    private static final OfInt SWAPPED_INT = JAVA_INT.withOrder(SWAPPED);
    private static final OfLong SWAPPED_LONG = JAVA_LONG.withOrder(SWAPPED);
    private static final OfFloat SWAPPED_FLOAT = JAVA_FLOAT.withOrder(SWAPPED);
    private static final OfDouble SWAPPED_DOUBLE = JAVA_DOUBLE.withOrder(SWAPPED);

    private static final MemoryLayout POINT = MemoryLayout.structLayout(
            JAVA_LONG.withName("x"), JAVA_INT.withName("y"), MemoryLayout.paddingLayout(4));
    private static final MemoryLayout STRUCT = MemoryLayout.structLayout(
            JAVA_INT.withName("id"),
            MemoryLayout.paddingLayout(4),
            MemoryLayout.sequenceLayout(3, POINT).withName("points"));
    private static final VarHandle ID = STRUCT.varHandle(PathElement.groupElement("id"));
    private static final VarHandle X = STRUCT.varHandle(
            PathElement.groupElement("points"), PathElement.sequenceElement(), PathElement.groupElement("x"));
    private static final VarHandle Y1 = STRUCT.varHandle(
            PathElement.groupElement("points"), PathElement.sequenceElement(1), PathElement.groupElement("y"));
    private static final VarHandle ELEMENT = JAVA_LONG.arrayElementVarHandle();
    private static final VarHandle ELEMENTS = MemoryLayout.sequenceLayout(4, JAVA_INT).varHandle(PathElement.sequenceElement());

    private Segments() {}

    public static void add(Rows t) {
        set(t);
        setAtIndex(t);
        bulk(t);
        arrays(t);
        allocators(t);
        layouts(t);
        origins(t);
    }

    static ValueLayout layout(Class<?> type, ByteOrder order) {
        for (ValueLayout layout :
                new ValueLayout[] {JAVA_BYTE, JAVA_SHORT, JAVA_CHAR, JAVA_INT, JAVA_LONG, JAVA_FLOAT, JAVA_DOUBLE}) {
            if (layout.carrier() == type) {
                return layout.withOrder(order);
            }
        }
        throw new IllegalArgumentException(type.getName());
    }

    private static MemorySegment all() {
        return MappedSegment.ALL;
    }

    private static MemorySegment of(Memory m) {
        return MappedSegment.ALL.asSlice(m.at, Matrix.REGION / 8);
    }

    private static void set(Rows t) {
        t.row("MemorySegment.set(JAVA_BYTE)", 1, m -> all().set(JAVA_BYTE, m.at, m.byteValue));
        t.row("MemorySegment.set(JAVA_SHORT)", 2, m -> all().set(JAVA_SHORT, m.at, m.shortValue));
        t.row("MemorySegment.set(JAVA_CHAR)", 2, m -> all().set(JAVA_CHAR, m.at, m.charValue));
        t.row("MemorySegment.set(JAVA_INT)", 4, m -> all().set(JAVA_INT, m.at, m.intValue));
        t.row("MemorySegment.set(JAVA_LONG)", 8, m -> all().set(JAVA_LONG, m.at, m.longValue));
        t.row("MemorySegment.set(JAVA_FLOAT)", 4, m -> all().set(JAVA_FLOAT, m.at, m.floatValue));
        t.row("MemorySegment.set(JAVA_DOUBLE)", 8, m -> all().set(JAVA_DOUBLE, m.at, m.doubleValue));
        t.row("MemorySegment.set(JAVA_BOOLEAN)", 1, m -> all().set(JAVA_BOOLEAN, m.at, true));
        t.row("MemorySegment.set(ADDRESS)", 8, m -> all().set(ADDRESS, m.at, MemorySegment.ofAddress(m.longValue)));
        t.row("MemorySegment.set(JAVA_SHORT), swapped", 2, m -> all().set(SWAPPED_SHORT, m.at, m.shortValue));
        t.row("MemorySegment.set(JAVA_CHAR), swapped", 2, m -> all().set(SWAPPED_CHAR, m.at, m.charValue));
        t.row("MemorySegment.set(JAVA_INT), swapped", 4, m -> all().set(SWAPPED_INT, m.at, m.intValue));
        t.row("MemorySegment.set(JAVA_LONG), swapped", 8, m -> all().set(SWAPPED_LONG, m.at, m.longValue));
        t.row("MemorySegment.set(JAVA_FLOAT), swapped", 4, m -> all().set(SWAPPED_FLOAT, m.at, m.floatValue));
        t.row("MemorySegment.set(JAVA_DOUBLE), swapped", 8, m -> all().set(SWAPPED_DOUBLE, m.at, m.doubleValue));
        t.row("MemorySegment.set(JAVA_SHORT_UNALIGNED)", 2, m -> all().set(JAVA_SHORT_UNALIGNED, m.at + 1, m.shortValue)).stride(4);
        t.row("MemorySegment.set(JAVA_CHAR_UNALIGNED)", 2, m -> all().set(JAVA_CHAR_UNALIGNED, m.at + 1, m.charValue)).stride(4);
        t.row("MemorySegment.set(JAVA_INT_UNALIGNED)", 4, m -> all().set(JAVA_INT_UNALIGNED, m.at + 1, m.intValue)).stride(8);
        t.row("MemorySegment.set(JAVA_LONG_UNALIGNED)", 8, m -> all().set(JAVA_LONG_UNALIGNED, m.at + 1, m.longValue)).stride(16);
        t.row("MemorySegment.set(JAVA_FLOAT_UNALIGNED)", 4, m -> all().set(JAVA_FLOAT_UNALIGNED, m.at + 1, m.floatValue)).stride(8);
        t.row("MemorySegment.set(JAVA_DOUBLE_UNALIGNED)", 8, m -> all().set(JAVA_DOUBLE_UNALIGNED, m.at + 1, m.doubleValue)).stride(16);
        t.row("MemorySegment.set(ADDRESS_UNALIGNED)", 8, m -> all().set(ADDRESS_UNALIGNED, m.at + 1, MemorySegment.ofAddress(m.longValue))).stride(16);
        t.row("MemorySegment.set(JAVA_LONG_UNALIGNED), swapped", 8, m -> all().set(JAVA_LONG_UNALIGNED.withOrder(SWAPPED), m.at + 1, m.longValue)).stride(16);
    }

    private static void setAtIndex(Rows t) {
        t.row("MemorySegment.setAtIndex(JAVA_BYTE)", 1, m -> all().setAtIndex(JAVA_BYTE, m.at / 1, m.byteValue));
        t.row("MemorySegment.setAtIndex(JAVA_SHORT)", 2, m -> all().setAtIndex(JAVA_SHORT, m.at / 2, m.shortValue));
        t.row("MemorySegment.setAtIndex(JAVA_CHAR)", 2, m -> all().setAtIndex(JAVA_CHAR, m.at / 2, m.charValue));
        t.row("MemorySegment.setAtIndex(JAVA_INT)", 4, m -> all().setAtIndex(JAVA_INT, m.at / 4, m.intValue));
        t.row("MemorySegment.setAtIndex(JAVA_LONG)", 8, m -> all().setAtIndex(JAVA_LONG, m.at / 8, m.longValue));
        t.row("MemorySegment.setAtIndex(JAVA_FLOAT)", 4, m -> all().setAtIndex(JAVA_FLOAT, m.at / 4, m.floatValue));
        t.row("MemorySegment.setAtIndex(JAVA_DOUBLE)", 8, m -> all().setAtIndex(JAVA_DOUBLE, m.at / 8, m.doubleValue));
        t.row("MemorySegment.setAtIndex(ADDRESS)", 8, m -> all().setAtIndex(ADDRESS, m.at / 8, MemorySegment.ofAddress(m.longValue)));
        t.row("MemorySegment.setAtIndex(JAVA_LONG), swapped", 8, m -> all().setAtIndex(SWAPPED_LONG, m.at / 8, m.longValue));
        t.row("MemorySegment.setAtIndex(JAVA_INT_UNALIGNED)", 4, m -> of(m).asSlice(1).setAtIndex(JAVA_INT_UNALIGNED, 1, m.intValue)).stride(16);
    }

    private static void bulk(Rows t) {
        MemorySegment heap = MemorySegment.ofArray(Memory.bytes(200));
        MemorySegment off = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(200)).copyFrom(heap);
        for (int n : new int[] {1, 2, 3, 7, 8, 15, 24, 31, 32, 33, 63, 64, 100, 200}) {
            t.row("MemorySegment.fill, " + n, n, m -> all().asSlice(m.at, n).fill(m.byteValue));
            t.row("MemorySegment.copyFrom, heap, " + n, n, m -> all().asSlice(m.at, n).copyFrom(heap.asSlice(0, n)));
            t.row("MemorySegment.copyFrom, native, " + n, n, m -> all().asSlice(m.at, n).copyFrom(off.asSlice(0, n)));
            t.row("MemorySegment.copy(MemorySegment,long,MemorySegment,long,long), " + n, n, m -> MemorySegment.copy(heap, 0, all(), m.at, n));
        }
        t.row("MemorySegment.fill, none", 0, m -> all().asSlice(m.at, 0).fill(m.byteValue));
        t.row("MemorySegment.copyFrom within the mapping", 8, m -> all().asSlice(m.at, 8).copyFrom(all().asSlice(m.at + 8, 8))).stride(16);
        t.row("MemorySegment.copyFrom out of the mapping", 0, m -> MemorySegment.ofArray(new byte[8]).copyFrom(all().asSlice(m.at, 8)));
        t.row("MemorySegment.copy(.., ValueLayout, ..)", 64, m -> MemorySegment.copy(off, JAVA_LONG_UNALIGNED, 0, all(), JAVA_LONG, m.at, 8));
        t.row("MemorySegment.copy(.., ValueLayout, ..), swapped", 64, m -> MemorySegment.copy(off, JAVA_LONG_UNALIGNED, 0, all(), SWAPPED_LONG, m.at, 8));
        t.row("MemorySegment.toArray", 0, m -> all().asSlice(m.at, 8).toArray(JAVA_BYTE));
        t.row("MemorySegment.mismatch", 0, m -> all().asSlice(m.at, 8).mismatch(heap));
        t.row("MemorySegment.setString(long,String)", 9, m -> all().setString(m.at, "persist!"));
        t.row("MemorySegment.setString(long,String,Charset)", 18, m -> all().setString(m.at, "persist!", StandardCharsets.UTF_16LE));
    }

    private static void arrays(Rows t) {
        byte[] bytes = Memory.bytes(96);
        short[] shorts = MemorySegment.ofArray(new short[48]).copyFrom(MemorySegment.ofArray(bytes)).toArray(JAVA_SHORT);
        char[] chars = MemorySegment.ofArray(new char[48]).copyFrom(MemorySegment.ofArray(bytes)).toArray(JAVA_CHAR);
        int[] ints = MemorySegment.ofArray(new int[24]).copyFrom(MemorySegment.ofArray(bytes)).toArray(JAVA_INT);
        long[] longs = MemorySegment.ofArray(new long[12]).copyFrom(MemorySegment.ofArray(bytes)).toArray(JAVA_LONG);
        float[] floats = MemorySegment.ofArray(new float[24]).copyFrom(MemorySegment.ofArray(bytes)).toArray(JAVA_FLOAT);
        double[] doubles = MemorySegment.ofArray(new double[12]).copyFrom(MemorySegment.ofArray(bytes)).toArray(JAVA_DOUBLE);
        t.row("MemorySegment.copy(byte[],..)", 96, m -> MemorySegment.copy(bytes, 0, all(), JAVA_BYTE, m.at, 96));
        t.row("MemorySegment.copy(short[],..)", 96, m -> MemorySegment.copy(shorts, 0, all(), JAVA_SHORT, m.at, 48));
        t.row("MemorySegment.copy(short[],..), swapped", 96, m -> MemorySegment.copy(shorts, 0, all(), SWAPPED_SHORT, m.at, 48));
        t.row("MemorySegment.copy(char[],..)", 96, m -> MemorySegment.copy(chars, 0, all(), JAVA_CHAR, m.at, 48));
        t.row("MemorySegment.copy(char[],..), swapped", 96, m -> MemorySegment.copy(chars, 0, all(), SWAPPED_CHAR, m.at, 48));
        t.row("MemorySegment.copy(int[],..)", 96, m -> MemorySegment.copy(ints, 0, all(), JAVA_INT, m.at, 24));
        t.row("MemorySegment.copy(int[],..), swapped", 96, m -> MemorySegment.copy(ints, 0, all(), SWAPPED_INT, m.at, 24));
        t.row("MemorySegment.copy(long[],..)", 96, m -> MemorySegment.copy(longs, 0, all(), JAVA_LONG, m.at, 12));
        t.row("MemorySegment.copy(long[],..), swapped", 96, m -> MemorySegment.copy(longs, 0, all(), SWAPPED_LONG, m.at, 12));
        t.row("MemorySegment.copy(float[],..)", 96, m -> MemorySegment.copy(floats, 0, all(), JAVA_FLOAT, m.at, 24));
        t.row("MemorySegment.copy(float[],..), swapped", 96, m -> MemorySegment.copy(floats, 0, all(), SWAPPED_FLOAT, m.at, 24));
        t.row("MemorySegment.copy(double[],..)", 96, m -> MemorySegment.copy(doubles, 0, all(), JAVA_DOUBLE, m.at, 12));
        t.row("MemorySegment.copy(double[],..), swapped", 96, m -> MemorySegment.copy(doubles, 0, all(), SWAPPED_DOUBLE, m.at, 12));
    }

    private static SegmentAllocator prefix(Memory m) {
        return SegmentAllocator.prefixAllocator(of(m));
    }

    private static void allocators(Rows t) {
        byte[] bytes = Memory.bytes(48);
        long[] longs = {0x8181818181818181L, 0x8181818181818181L, 0x8181818181818181L};
        MemorySegment heap = MemorySegment.ofArray(bytes);
        t.row("prefixAllocator.allocate", 0, m -> prefix(m).allocate(16));

        t.row("prefixAllocator.allocateFrom(JAVA_BYTE,byte)", 1, m -> prefix(m).allocateFrom(JAVA_BYTE, m.byteValue)).stride(16);
        t.row("prefixAllocator.allocateFrom(JAVA_SHORT,short)", 2, m -> prefix(m).allocateFrom(JAVA_SHORT, m.shortValue)).stride(16);
        t.row("prefixAllocator.allocateFrom(JAVA_CHAR,char)", 2, m -> prefix(m).allocateFrom(JAVA_CHAR, m.charValue)).stride(16);
        t.row("prefixAllocator.allocateFrom(JAVA_INT,int)", 4, m -> prefix(m).allocateFrom(JAVA_INT, m.intValue)).stride(16);
        t.row("prefixAllocator.allocateFrom(JAVA_LONG,long)", 8, m -> prefix(m).allocateFrom(JAVA_LONG, m.longValue)).stride(16);
        t.row("prefixAllocator.allocateFrom(JAVA_FLOAT,float)", 4, m -> prefix(m).allocateFrom(JAVA_FLOAT, m.floatValue)).stride(16);
        t.row("prefixAllocator.allocateFrom(JAVA_DOUBLE,double)", 8, m -> prefix(m).allocateFrom(JAVA_DOUBLE, m.doubleValue)).stride(16);
        t.row("prefixAllocator.allocateFrom(ADDRESS,..)", 8, m -> prefix(m).allocateFrom(ADDRESS, MemorySegment.ofAddress(m.longValue)));
        t.row("prefixAllocator.allocateFrom(SWAPPED,long)", 8, m -> prefix(m).allocateFrom(SWAPPED_LONG, m.longValue));
        t.row("prefixAllocator.allocateFrom(JAVA_BYTE,byte...)", 48, m -> prefix(m).allocateFrom(JAVA_BYTE, bytes));
        t.row("prefixAllocator.allocateFrom(JAVA_LONG,long...)", 24, m -> prefix(m).allocateFrom(JAVA_LONG, longs));
        t.row("prefixAllocator.allocateFrom(JAVA_LONG,MemorySegment,..)", 48, m -> prefix(m).allocateFrom(JAVA_LONG, heap, JAVA_LONG_UNALIGNED, 0, 6));
        t.row("prefixAllocator.allocateFrom(String)", 10, m -> prefix(m).allocateFrom("allocated"));
        t.row("prefixAllocator.allocateFrom(String,Charset)", 20, m -> prefix(m).allocateFrom("allocated", StandardCharsets.UTF_16BE));
        t.row("slicingAllocator.allocateFrom", 8, m -> SegmentAllocator.slicingAllocator(of(m)).allocateFrom(JAVA_LONG, m.longValue));
        t.row("slicingAllocator.allocateFrom(String)", 10, m -> SegmentAllocator.slicingAllocator(of(m)).allocateFrom("allocated"));
        t.row("slicingAllocator, second allocation", 16, m -> { SegmentAllocator a = SegmentAllocator.slicingAllocator(of(m)); a.allocateFrom(JAVA_LONG, m.longValue); a.allocateFrom(JAVA_LONG, m.longValue); });
    }

    private static void layouts(Rows t) {
        t.row("struct member", 4, m -> ID.set(all(), (long) m.at, m.intValue)).stride(8);
        t.row("sequence of structs, open path", 8, m -> X.set(all(), (long) m.at, 2L, m.longValue)).stride(64);
        t.row("sequence of structs, closed path", 4, m -> Y1.set(all(), (long) m.at, m.intValue)).stride(64);
        t.row("struct member, volatile", 4, m -> ID.setVolatile(all(), (long) m.at, m.intValue)).stride(8);
        t.row("struct member, getAndAdd", 4, m -> { int old = (int) Y1.getAndAdd(all(), (long) m.at, m.intValue); }).stride(64);
        t.row("array element", 8, m -> ELEMENT.set(all(), (long) m.at, 1L, m.longValue)).stride(16);
        t.row("sequence element", 4, m -> ELEMENTS.set(all(), (long) m.at, 3L, m.intValue)).stride(16);
        t.row("elements stream", 32, m -> all().asSlice(m.at, 32).elements(JAVA_LONG).forEach(s -> s.set(JAVA_LONG, 0, m.longValue)));
        t.row("elements spliterator", 32, m -> all().asSlice(m.at, 32).spliterator(JAVA_LONG).forEachRemaining(s -> s.set(JAVA_LONG, 0, m.longValue)));
    }

    private static void origins(Rows t) {
        t.row("ofBuffer", 8, m -> MemorySegment.ofBuffer(m.buffer.slice(m.at, 8)).set(JAVA_LONG, 0, m.longValue));
        t.row("ofAddress.reinterpret", 8, m -> MemorySegment.ofAddress(m.here).reinterpret(8).set(JAVA_LONG, 0, m.longValue));
        t.row("reinterpret", 8, m -> all().reinterpret(m.at + 8).set(JAVA_LONG, m.at, m.longValue));
        t.row("asByteBuffer", 8, m -> of(m).asByteBuffer().putLong(0, m.longValue));
        t.row("asByteBuffer, relative", 8, m -> of(m).asByteBuffer().putLong(m.longValue));
        t.row("asByteBuffer.asLongBuffer", 8, m -> of(m).asByteBuffer().asLongBuffer().put(0, m.longValue));
        t.row("asSlice of asSlice", 8, m -> of(m).asSlice(8).asSlice(0, 8).set(JAVA_LONG, 0, m.longValue)).stride(16);
        t.row("set through an ADDRESS with a target", 8, m -> MemorySegment.ofArray(new long[] {m.here}).get(ADDRESS.withTargetLayout(JAVA_LONG), 0).set(JAVA_LONG, 0, m.longValue));
        t.row("Arena-mapped segment of its own", 8, m -> MappedSegment.once(m.at, s -> s.set(JAVA_LONG, 0, m.longValue))).times(50);
    }
}
