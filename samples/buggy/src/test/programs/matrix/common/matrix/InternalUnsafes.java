package matrix;

import jdk.internal.misc.Unsafe;

/** jdk.internal.misc.Unsafe, as used by a program that opens it to itself. */
public final class InternalUnsafes {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long ARRAY = Unsafe.ARRAY_BYTE_BASE_OFFSET;

    private InternalUnsafes() {}

    public static void add(Rows t) {
        puts(t);
        ordered(t);
        unaligned(t);
        atomic(t);
        bulk(t);
    }

    private static void puts(Rows t) {
        t.row("internal putByte(long,byte)", 1, m -> U.putByte(m.here, m.byteValue));
        t.row("internal putShort(long,short)", 2, m -> U.putShort(m.here, m.shortValue));
        t.row("internal putChar(long,char)", 2, m -> U.putChar(m.here, m.charValue));
        t.row("internal putInt(long,int)", 4, m -> U.putInt(m.here, m.intValue));
        t.row("internal putLong(long,long)", 8, m -> U.putLong(m.here, m.longValue));
        t.row("internal putFloat(long,float)", 4, m -> U.putFloat(m.here, m.floatValue));
        t.row("internal putDouble(long,double)", 8, m -> U.putDouble(m.here, m.doubleValue));
        t.row("internal putAddress(long,long)", 8, m -> U.putAddress(m.here, m.longValue));
        t.row("internal putAddress(null,long,long)", 8, m -> U.putAddress(null, m.here, m.longValue));
        t.row("internal putBoolean", 1, m -> U.putBoolean(null, m.here, true));
        t.row("internal putByte", 1, m -> U.putByte(null, m.here, m.byteValue));
        t.row("internal putShort", 2, m -> U.putShort(null, m.here, m.shortValue));
        t.row("internal putChar", 2, m -> U.putChar(null, m.here, m.charValue));
        t.row("internal putInt", 4, m -> U.putInt(null, m.here, m.intValue));
        t.row("internal putLong", 8, m -> U.putLong(null, m.here, m.longValue));
        t.row("internal putFloat", 4, m -> U.putFloat(null, m.here, m.floatValue));
        t.row("internal putDouble", 8, m -> U.putDouble(null, m.here, m.doubleValue));
        t.row("internal putLong, into the heap", 0, m -> U.putLong(new byte[16], ARRAY, m.longValue));
    }

    private static void ordered(Rows t) {
        t.row("internal putByteVolatile", 1, m -> U.putByteVolatile(null, m.here, m.byteValue));
        t.row("internal putIntVolatile", 4, m -> U.putIntVolatile(null, m.here, m.intValue));
        t.row("internal putLongVolatile", 8, m -> U.putLongVolatile(null, m.here, m.longValue));
        t.row("internal putDoubleVolatile", 8, m -> U.putDoubleVolatile(null, m.here, m.doubleValue));
        t.row("internal putByteRelease", 1, m -> U.putByteRelease(null, m.here, m.byteValue));
        t.row("internal putIntRelease", 4, m -> U.putIntRelease(null, m.here, m.intValue));
        t.row("internal putLongRelease", 8, m -> U.putLongRelease(null, m.here, m.longValue));
        t.row("internal putByteOpaque", 1, m -> U.putByteOpaque(null, m.here, m.byteValue));
        t.row("internal putIntOpaque", 4, m -> U.putIntOpaque(null, m.here, m.intValue));
        t.row("internal putLongOpaque", 8, m -> U.putLongOpaque(null, m.here, m.longValue));
    }

    private static void unaligned(Rows t) {
        t.row("internal putShortUnaligned", 2, m -> U.putShortUnaligned(null, m.here + 1, m.shortValue)).stride(8);
        t.row("internal putCharUnaligned", 2, m -> U.putCharUnaligned(null, m.here + 1, m.charValue)).stride(8);
        t.row("internal putIntUnaligned", 4, m -> U.putIntUnaligned(null, m.here + 1, m.intValue)).stride(8);
        t.row("internal putLongUnaligned", 8, m -> U.putLongUnaligned(null, m.here + 1, m.longValue)).stride(16);
        t.row("internal putLongUnaligned, big endian", 8, m -> U.putLongUnaligned(null, m.here + 1, m.longValue, true)).stride(16);
        t.row("internal putIntUnaligned, little endian", 4, m -> U.putIntUnaligned(null, m.here + 1, m.intValue, false)).stride(8);
    }

    private static void atomic(Rows t) {
        t.row("internal compareAndSetInt", 4, m -> U.compareAndSetInt(null, m.here, U.getInt(m.here), m.intValue));
        t.row("internal compareAndSetLong", 8, m -> U.compareAndSetLong(null, m.here, U.getLong(m.here), m.longValue));
        t.row("internal compareAndSetLong that fails", 0, m -> U.compareAndSetLong(null, m.here, 1, m.longValue));
        t.row("internal compareAndSetByte", 1, m -> U.compareAndSetByte(null, m.here, U.getByte(m.here), m.byteValue));
        t.row("internal weakCompareAndSetLong", 8, m -> U.weakCompareAndSetLong(null, m.here, U.getLong(m.here), m.longValue));
        t.row("internal weakCompareAndSetIntPlain", 4, m -> U.weakCompareAndSetIntPlain(null, m.here, U.getInt(m.here), m.intValue));
        t.row("internal compareAndExchangeInt", 4, m -> U.compareAndExchangeInt(null, m.here, U.getInt(m.here), m.intValue));
        t.row("internal compareAndExchangeLong", 8, m -> U.compareAndExchangeLong(null, m.here, U.getLong(m.here), m.longValue));
        t.row("internal compareAndExchangeLong that fails", 0, m -> U.compareAndExchangeLong(null, m.here, 1, m.longValue));
        t.row("internal getAndSetInt", 4, m -> U.getAndSetInt(null, m.here, m.intValue));
        t.row("internal getAndSetLong", 8, m -> U.getAndSetLong(null, m.here, m.longValue));
        t.row("internal getAndSetByte", 1, m -> U.getAndSetByte(null, m.here, m.byteValue));
        t.row("internal getAndAddInt", 4, m -> U.getAndAddInt(null, m.here, m.intValue));
        t.row("internal getAndAddLong", 8, m -> U.getAndAddLong(null, m.here, m.longValue));
        t.row("internal getAndBitwiseOrLong", 8, m -> U.getAndBitwiseOrLong(null, m.here, m.longValue));
        t.row("internal getAndBitwiseAndIntRelease", 4, m -> U.getAndBitwiseAndIntRelease(null, m.here, m.intValue));
    }

    private static void bulk(Rows t) {
        byte[] array = Memory.bytes(96);
        long source = U.allocateMemory(96);
        U.copyMemory(array, ARRAY, null, source, 96);
        t.row("internal copyMemory(long,long,long)", 96, m -> U.copyMemory(source, m.here, 96));
        t.row("internal copyMemory(byte[],..,null,..)", 96, m -> U.copyMemory(array, ARRAY, null, m.here, 96));
        t.row("internal copySwapMemory(byte[],..,null,..)", 96, m -> U.copySwapMemory(array, ARRAY, null, m.here, 96, 8));
        t.row("internal copySwapMemory(long,long,..)", 96, m -> U.copySwapMemory(source, m.here, 96, 4));
        t.row("internal copyMemory out of the mapping", 0, m -> U.copyMemory(null, m.here, new byte[8], ARRAY, 8));
        t.row("internal setMemory(long,long,byte)", 96, m -> U.setMemory(m.here, 96, m.byteValue));
        t.row("internal setMemory(null,long,long,byte)", 96, m -> U.setMemory(null, m.here, 96, m.byteValue));
    }
}
