package matrix;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import sun.misc.Unsafe;

/** sun.misc.Unsafe. */
public final class Unsafes {
    private static final Unsafe U = unsafe();
    private static final long ARRAY = Unsafe.ARRAY_BYTE_BASE_OFFSET;

    private Unsafes() {}

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void add(Rows t) {
        puts(t);
        ordered(t);
        atomic(t);
        bulk(t);
    }

    private static void puts(Rows t) {
        t.row("Unsafe.putByte(long,byte)", 1, m -> U.putByte(m.here, m.byteValue));
        t.row("Unsafe.putShort(long,short)", 2, m -> U.putShort(m.here, m.shortValue));
        t.row("Unsafe.putChar(long,char)", 2, m -> U.putChar(m.here, m.charValue));
        t.row("Unsafe.putInt(long,int)", 4, m -> U.putInt(m.here, m.intValue));
        t.row("Unsafe.putLong(long,long)", 8, m -> U.putLong(m.here, m.longValue));
        t.row("Unsafe.putFloat(long,float)", 4, m -> U.putFloat(m.here, m.floatValue));
        t.row("Unsafe.putDouble(long,double)", 8, m -> U.putDouble(m.here, m.doubleValue));
        t.row("Unsafe.putAddress", 8, m -> U.putAddress(m.here, m.longValue));
        t.row("Unsafe.putBoolean(null,long,boolean)", 1, m -> U.putBoolean(null, m.here, true));
        t.row("Unsafe.putByte(null,long,byte)", 1, m -> U.putByte(null, m.here, m.byteValue));
        t.row("Unsafe.putShort(null,long,short)", 2, m -> U.putShort(null, m.here, m.shortValue));
        t.row("Unsafe.putChar(null,long,char)", 2, m -> U.putChar(null, m.here, m.charValue));
        t.row("Unsafe.putInt(null,long,int)", 4, m -> U.putInt(null, m.here, m.intValue));
        t.row("Unsafe.putLong(null,long,long)", 8, m -> U.putLong(null, m.here, m.longValue));
        t.row("Unsafe.putFloat(null,long,float)", 4, m -> U.putFloat(null, m.here, m.floatValue));
        t.row("Unsafe.putDouble(null,long,double)", 8, m -> U.putDouble(null, m.here, m.doubleValue));
        t.row("Unsafe.putLong, into the heap", 0, m -> U.putLong(new byte[16], ARRAY, m.longValue));
    }

    private static void ordered(Rows t) {
        t.row("Unsafe.putBooleanVolatile", 1, m -> U.putBooleanVolatile(null, m.here, true));
        t.row("Unsafe.putByteVolatile", 1, m -> U.putByteVolatile(null, m.here, m.byteValue));
        t.row("Unsafe.putShortVolatile", 2, m -> U.putShortVolatile(null, m.here, m.shortValue));
        t.row("Unsafe.putCharVolatile", 2, m -> U.putCharVolatile(null, m.here, m.charValue));
        t.row("Unsafe.putIntVolatile", 4, m -> U.putIntVolatile(null, m.here, m.intValue));
        t.row("Unsafe.putLongVolatile", 8, m -> U.putLongVolatile(null, m.here, m.longValue));
        t.row("Unsafe.putFloatVolatile", 4, m -> U.putFloatVolatile(null, m.here, m.floatValue));
        t.row("Unsafe.putDoubleVolatile", 8, m -> U.putDoubleVolatile(null, m.here, m.doubleValue));
        t.row("Unsafe.putOrderedInt", 4, m -> U.putOrderedInt(null, m.here, m.intValue));
        t.row("Unsafe.putOrderedLong", 8, m -> U.putOrderedLong(null, m.here, m.longValue));
    }

    private static void atomic(Rows t) {
        t.row("Unsafe.compareAndSwapInt", 4, m -> U.compareAndSwapInt(null, m.here, U.getInt(m.here), m.intValue));
        t.row("Unsafe.compareAndSwapLong", 8, m -> U.compareAndSwapLong(null, m.here, U.getLong(m.here), m.longValue));
        t.row("Unsafe.compareAndSwapInt that fails", 0, m -> U.compareAndSwapInt(null, m.here, 1, m.intValue));
        t.row("Unsafe.compareAndSwapLong that fails", 0, m -> U.compareAndSwapLong(null, m.here, 1, m.longValue));
        t.row("Unsafe.getAndSetInt", 4, m -> U.getAndSetInt(null, m.here, m.intValue));
        t.row("Unsafe.getAndSetLong", 8, m -> U.getAndSetLong(null, m.here, m.longValue));
        t.row("Unsafe.getAndAddInt", 4, m -> U.getAndAddInt(null, m.here, m.intValue));
        t.row("Unsafe.getAndAddLong", 8, m -> U.getAndAddLong(null, m.here, m.longValue));
    }

    private static void bulk(Rows t) {
        byte[] array = Memory.bytes(100);
        ByteBuffer direct = ByteBuffer.allocateDirect(100).put(array);
        long source = U.allocateMemory(100);
        U.copyMemory(array, ARRAY, null, source, 100);
        t.row("Unsafe.copyMemory(long,long,long)", 100, m -> U.copyMemory(source, m.here, 100));
        t.row("Unsafe.copyMemory(byte[],..,null,..)", 100, m -> U.copyMemory(array, ARRAY, null, m.here, 100));
        t.row("Unsafe.copyMemory(null,..,null,..)", 100, m -> U.copyMemory(null, source, null, m.here, 100));
        t.row("Unsafe.copyMemory within the mapping", 8, m -> U.copyMemory(m.here + 8, m.here, 8)).stride(16);
        t.row("Unsafe.copyMemory out of the mapping", 0, m -> U.copyMemory(null, m.here, new byte[8], ARRAY, 8));
        t.row("Unsafe.copyMemory of nothing", 0, m -> U.copyMemory(source, m.here, 0));
        t.row("Unsafe.setMemory(long,long,byte)", 100, m -> U.setMemory(m.here, 100, m.byteValue));
        t.row("Unsafe.setMemory(null,long,long,byte)", 100, m -> U.setMemory(null, m.here, 100, m.byteValue));
    }
}
