package matrix;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.foreign.CLinker;
import jdk.incubator.foreign.MemoryAccess;
import jdk.incubator.foreign.MemoryAddress;
import jdk.incubator.foreign.MemoryHandles;
import jdk.incubator.foreign.MemoryLayout;
import jdk.incubator.foreign.MemoryLayout.PathElement;
import jdk.incubator.foreign.MemoryLayouts;
import jdk.incubator.foreign.MemorySegment;
import jdk.incubator.foreign.ResourceScope;
import jdk.incubator.foreign.SegmentAllocator;

/** jdk.incubator.foreign of JDK 17. */
public final class OldSegments {
    private static final ByteOrder SWAPPED =
            ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    private static final MemoryLayout STRUCT = MemoryLayout.structLayout(
            MemoryLayouts.JAVA_INT.withName("id"),
            MemoryLayout.paddingLayout(32),
            MemoryLayout.sequenceLayout(3, MemoryLayouts.JAVA_LONG).withName("points"));
    private static final VarHandle ID = STRUCT.varHandle(int.class, PathElement.groupElement("id"));
    private static final VarHandle POINT =
            STRUCT.varHandle(long.class, PathElement.groupElement("points"), PathElement.sequenceElement());
    private static final VarHandle LONG = MemoryHandles.varHandle(long.class, ByteOrder.nativeOrder());
    private static final VarHandle SHIFTED = MemoryHandles.insertCoordinates(LONG, 1, 8L);
    private static final VarHandle AS_UNSIGNED =
            MemoryHandles.asUnsigned(MemoryHandles.varHandle(int.class, ByteOrder.nativeOrder()), long.class);
    private static final VarHandle UNALIGNED = MemoryHandles.varHandle(long.class, 1, ByteOrder.nativeOrder());

    private OldSegments() {}

    public static void add(Rows t) {
        set(t);
        bulk(t);
        handles(t);
        allocators(t);
    }

    private static MemorySegment all() {
        return MappedSegment.ALL;
    }

    private static MemorySegment of(Memory m) {
        return MappedSegment.ALL.asSlice(m.at, Matrix.REGION / 8);
    }

    private static void set(Rows t) {
        t.row("MemoryAccess.setByte", 1, m -> MemoryAccess.setByte(of(m), m.byteValue));
        t.row("MemoryAccess.setByteAtOffset", 1, m -> MemoryAccess.setByteAtOffset(all(), m.at, m.byteValue));
        t.row("MemoryAccess.setShort", 2, m -> MemoryAccess.setShort(of(m), m.shortValue));
        t.row("MemoryAccess.setShortAtOffset", 2, m -> MemoryAccess.setShortAtOffset(all(), m.at, m.shortValue));
        t.row("MemoryAccess.setShortAtIndex", 2, m -> MemoryAccess.setShortAtIndex(all(), m.at / 2, m.shortValue));
        t.row("MemoryAccess.setShortAtOffset, swapped", 2, m -> MemoryAccess.setShortAtOffset(all(), m.at, SWAPPED, m.shortValue));
        t.row("MemoryAccess.setChar", 2, m -> MemoryAccess.setChar(of(m), m.charValue));
        t.row("MemoryAccess.setCharAtOffset", 2, m -> MemoryAccess.setCharAtOffset(all(), m.at, m.charValue));
        t.row("MemoryAccess.setCharAtIndex", 2, m -> MemoryAccess.setCharAtIndex(all(), m.at / 2, m.charValue));
        t.row("MemoryAccess.setCharAtOffset, swapped", 2, m -> MemoryAccess.setCharAtOffset(all(), m.at, SWAPPED, m.charValue));
        t.row("MemoryAccess.setInt", 4, m -> MemoryAccess.setInt(of(m), m.intValue));
        t.row("MemoryAccess.setIntAtOffset", 4, m -> MemoryAccess.setIntAtOffset(all(), m.at, m.intValue));
        t.row("MemoryAccess.setIntAtIndex", 4, m -> MemoryAccess.setIntAtIndex(all(), m.at / 4, m.intValue));
        t.row("MemoryAccess.setIntAtOffset, swapped", 4, m -> MemoryAccess.setIntAtOffset(all(), m.at, SWAPPED, m.intValue));
        t.row("MemoryAccess.setLong", 8, m -> MemoryAccess.setLong(of(m), m.longValue));
        t.row("MemoryAccess.setLongAtOffset", 8, m -> MemoryAccess.setLongAtOffset(all(), m.at, m.longValue));
        t.row("MemoryAccess.setLongAtIndex", 8, m -> MemoryAccess.setLongAtIndex(all(), m.at / 8, m.longValue));
        t.row("MemoryAccess.setLongAtOffset, swapped", 8, m -> MemoryAccess.setLongAtOffset(all(), m.at, SWAPPED, m.longValue));
        t.row("MemoryAccess.setFloat", 4, m -> MemoryAccess.setFloat(of(m), m.floatValue));
        t.row("MemoryAccess.setFloatAtOffset", 4, m -> MemoryAccess.setFloatAtOffset(all(), m.at, m.floatValue));
        t.row("MemoryAccess.setFloatAtIndex", 4, m -> MemoryAccess.setFloatAtIndex(all(), m.at / 4, m.floatValue));
        t.row("MemoryAccess.setFloatAtOffset, swapped", 4, m -> MemoryAccess.setFloatAtOffset(all(), m.at, SWAPPED, m.floatValue));
        t.row("MemoryAccess.setDouble", 8, m -> MemoryAccess.setDouble(of(m), m.doubleValue));
        t.row("MemoryAccess.setDoubleAtOffset", 8, m -> MemoryAccess.setDoubleAtOffset(all(), m.at, m.doubleValue));
        t.row("MemoryAccess.setDoubleAtIndex", 8, m -> MemoryAccess.setDoubleAtIndex(all(), m.at / 8, m.doubleValue));
        t.row("MemoryAccess.setDoubleAtOffset, swapped", 8, m -> MemoryAccess.setDoubleAtOffset(all(), m.at, SWAPPED, m.doubleValue));
        t.row("MemoryAccess.setAddress", 8, m -> MemoryAccess.setAddress(of(m), MemoryAddress.ofLong(m.longValue)));
        t.row("MemoryAccess.setAddressAtOffset", 8, m -> MemoryAccess.setAddressAtOffset(all(), m.at, MemoryAddress.ofLong(m.longValue)));
    }

    private static void bulk(Rows t) {
        MemorySegment heap = MemorySegment.ofArray(Memory.bytes(100));
        MemorySegment off = MemorySegment.allocateNative(100, ResourceScope.globalScope());
        off.copyFrom(heap);
        for (int n : new int[] {1, 3, 8, 31, 64, 100}) {
            t.row("MemorySegment.fill, " + n, n, m -> all().asSlice(m.at, n).fill(m.byteValue));
            t.row("MemorySegment.copyFrom, heap, " + n, n, m -> all().asSlice(m.at, n).copyFrom(heap.asSlice(0, n)));
            t.row("MemorySegment.copyFrom, native, " + n, n, m -> all().asSlice(m.at, n).copyFrom(off.asSlice(0, n)));
        }
        t.row("MemorySegment.copyFrom within the mapping", 8, m -> all().asSlice(m.at, 8).copyFrom(all().asSlice(m.at + 8, 8))).stride(16);
        t.row("MemorySegment.copyFrom out of the mapping", 0, m -> MemorySegment.ofArray(new byte[8]).copyFrom(all().asSlice(m.at, 8)));
        t.row("asByteBuffer", 8, m -> of(m).asByteBuffer().putLong(0, m.longValue));
        t.row("ofByteBuffer", 8, m -> MemoryAccess.setLong(MemorySegment.ofByteBuffer(m.buffer.slice(m.at, 8)), m.longValue));
        t.row("MemoryAddress.asSegment", 8, m -> MemoryAccess.setLong(MemoryAddress.ofLong(m.here).asSegment(8, ResourceScope.globalScope()), m.longValue));
    }

    private static void handles(Rows t) {
        t.row("struct member", 4, m -> ID.set(of(m), m.intValue)).stride(8);
        t.row("sequence in a struct", 8, m -> POINT.set(of(m), 1L, m.longValue)).stride(32);
        t.row("MemoryHandles.insertCoordinates", 8, m -> SHIFTED.set(of(m), m.longValue)).stride(16);
        t.row("MemoryHandles.asUnsigned", 4, m -> AS_UNSIGNED.set(all(), (long) m.at, 0x81818181L));
        t.row("unaligned", 8, m -> UNALIGNED.set(all(), (long) m.at + 1, m.longValue)).stride(16);
    }

    private static void allocators(Rows t) {
        t.row("SegmentAllocator.ofSegment.allocate(layout,long)", 8, m -> SegmentAllocator.ofSegment(of(m)).allocate(MemoryLayouts.JAVA_LONG, m.longValue));
        t.row("SegmentAllocator.ofSegment.allocateArray", 24, m -> SegmentAllocator.ofSegment(of(m)).allocateArray(MemoryLayouts.JAVA_LONG, new long[] {m.longValue, m.longValue, m.longValue}));
        t.row("CLinker.toCString", 8, m -> CLinker.toCString("persist", SegmentAllocator.ofSegment(of(m))));
    }
}
