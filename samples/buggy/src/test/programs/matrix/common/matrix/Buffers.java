package matrix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.ShortBuffer;

/** Byte buffers and their views. */
public final class Buffers {
    private static final ByteOrder SWAPPED =
            ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    private static final ByteBuffer HEAP = ByteBuffer.wrap(Memory.bytes(128));
    private static final ByteBuffer DIRECT = ByteBuffer.allocateDirect(128).put(Memory.bytes(128));

    private Buffers() {}

    public static void add(Rows t) {
        absolute(t);
        relative(t);
        bulk(t);
        derived(t);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.nativeOrder(), SWAPPED}) {
            views(t, order);
            viewBulk(t, order);
        }
    }

    private static void absolute(Rows t) {
        t.row("ByteBuffer.put(int,byte)", 1, m -> m.buffer.put(m.at, m.byteValue));
        t.row("ByteBuffer.putShort(int,short)", 2, m -> m.buffer.putShort(m.at, m.shortValue));
        t.row("ByteBuffer.putChar(int,char)", 2, m -> m.buffer.putChar(m.at, m.charValue));
        t.row("ByteBuffer.putInt(int,int)", 4, m -> m.buffer.putInt(m.at, m.intValue));
        t.row("ByteBuffer.putLong(int,long)", 8, m -> m.buffer.putLong(m.at, m.longValue));
        t.row("ByteBuffer.putFloat(int,float)", 4, m -> m.buffer.putFloat(m.at, m.floatValue));
        t.row("ByteBuffer.putDouble(int,double)", 8, m -> m.buffer.putDouble(m.at, m.doubleValue));
        t.row("ByteBuffer.putLong(int,long), unaligned", 8, m -> m.buffer.putLong(m.at + 3, m.longValue)).stride(24);
        t.row("ByteBuffer, the other order", 8, m -> m.buffer.duplicate().order(SWAPPED).putLong(m.at, m.longValue));
        t.row("ByteBuffer, native order", 4, m -> m.buffer.duplicate().order(ByteOrder.nativeOrder()).putInt(m.at, m.intValue));
        t.row("ByteBuffer.put twice on one line", 2, m -> m.buffer.put(m.at, m.byteValue).put(m.at + 1, m.byteValue));
        t.row("ByteBuffer declared as Object", 8, m -> ((ByteBuffer) (Object) m.buffer).putLong(m.at, m.longValue));
    }

    private static ByteBuffer from(Memory m) {
        return m.buffer.position(m.at);
    }

    private static void relative(Rows t) {
        t.row("ByteBuffer.put(byte)", 1, m -> m.buffer.position(m.at).put(m.byteValue));
        t.row("ByteBuffer.putShort(short)", 2, m -> from(m).putShort(m.shortValue));
        t.row("ByteBuffer.putChar(char)", 2, m -> from(m).putChar(m.charValue));
        t.row("ByteBuffer.putInt(int)", 4, m -> from(m).putInt(m.intValue));
        t.row("ByteBuffer.putLong(long)", 8, m -> from(m).putLong(m.longValue));
        t.row("ByteBuffer.putFloat(float)", 4, m -> from(m).putFloat(m.floatValue));
        t.row("ByteBuffer.putDouble(double)", 8, m -> from(m).putDouble(m.doubleValue));
    }

    private static void bulk(Rows t) {
        byte[] array = Memory.bytes(100);
        byte[] few = Memory.bytes(5);
        t.row("ByteBuffer.put(byte[]), few", 5, m -> from(m).put(few));
        t.row("ByteBuffer.put(byte[])", 100, m -> from(m).put(array));
        t.row("ByteBuffer.put(byte[],int,int)", 30, m -> from(m).put(array, 10, 30));
        t.row("ByteBuffer.put(int,byte[])", 100, m -> m.buffer.put(m.at, array));
        t.row("ByteBuffer.put(int,byte[]), few", 5, m -> m.buffer.put(m.at, few));
        t.row("ByteBuffer.put(int,byte[],int,int)", 30, m -> m.buffer.put(m.at, array, 10, 30));
        t.row("ByteBuffer.put(byte[]), none", 0, m -> from(m).put(new byte[0]));
        t.row("ByteBuffer.put(ByteBuffer), heap", 48, m -> from(m).put(HEAP.duplicate().limit(48)));
        t.row("ByteBuffer.put(ByteBuffer), direct", 48, m -> from(m).put(DIRECT.duplicate().clear().limit(48)));
        t.row("ByteBuffer.put(ByteBuffer), read-only", 48, m -> from(m).put(HEAP.asReadOnlyBuffer().limit(48)));
        t.row("ByteBuffer.put(ByteBuffer), mapped", 8, m -> from(m).put(m.buffer.slice(m.at + 8, 8))).stride(16);
        t.row("ByteBuffer.put(int,ByteBuffer,int,int), heap", 48, m -> m.buffer.put(m.at, HEAP, 3, 48));
        t.row("ByteBuffer.put(int,ByteBuffer,int,int), direct", 48, m -> m.buffer.put(m.at, DIRECT, 3, 48));
        t.row("ByteBuffer.put(int,ByteBuffer,int,int), mapped", 8, m -> m.buffer.put(m.at, m.buffer, m.at + 8, 8)).stride(16);
        t.row("ByteBuffer.put(ByteBuffer) out of the mapping", 0, m -> ByteBuffer.allocate(8).put(m.buffer.slice(m.at, 8)));
        t.row("ByteBuffer.put(int,ByteBuffer,int,int) out of the mapping", 0, m -> ByteBuffer.allocateDirect(8).put(0, m.buffer, m.at, 8)).times(500);
        t.row("ByteBuffer.get(byte[])", 0, m -> m.buffer.get(m.at, new byte[8]));
        t.row("ByteBuffer.compact", 8, m -> m.buffer.slice(m.at, 16).position(8).compact()).stride(16);
    }

    private static void derived(Rows t) {
        t.row("slice", 8, m -> m.buffer.slice(m.at, 8).putLong(m.longValue));
        t.row("slice of the position", 8, m -> from(m).slice().putLong(0, m.longValue));
        t.row("slice of a slice", 4, m -> m.buffer.slice(m.at, 16).slice(4, 8).putInt(0, m.intValue)).stride(16);
        t.row("alignedSlice", 8, m -> m.buffer.slice(m.at + 1, 15).alignedSlice(8).putLong(0, m.longValue)).stride(16);
        t.row("duplicate", 8, m -> m.buffer.duplicate().putLong(m.at, m.longValue));
        t.row("duplicate, relative", 8, m -> m.buffer.duplicate().position(m.at).putLong(m.longValue));
        t.row("as MappedByteBuffer", 8, m -> ((MappedByteBuffer) m.buffer.slice(m.at, 8)).putLong(0, m.longValue));
        t.row("limit and flip", 2, m -> ((ByteBuffer) m.buffer.duplicate().position(m.at).limit(m.at + 2)).putChar(m.charValue));
    }

    private static ByteBuffer view(Memory m, ByteOrder order) {
        return m.buffer.slice(m.at, Matrix.REGION / 8).order(order);
    }

    private static void views(Rows t, ByteOrder order) {
        String name = ", " + order;
        t.row("ShortBuffer.put(int,short)" + name, 2, m -> view(m, order).asShortBuffer().put(0, m.shortValue)).stride(16);
        t.row("CharBuffer.put(int,char)" + name, 2, m -> view(m, order).asCharBuffer().put(0, m.charValue)).stride(16);
        t.row("IntBuffer.put(int,int)" + name, 4, m -> view(m, order).asIntBuffer().put(0, m.intValue));
        t.row("LongBuffer.put(int,long)" + name, 8, m -> view(m, order).asLongBuffer().put(0, m.longValue));
        t.row("FloatBuffer.put(int,float)" + name, 4, m -> view(m, order).asFloatBuffer().put(0, m.floatValue));
        t.row("DoubleBuffer.put(int,double)" + name, 8, m -> view(m, order).asDoubleBuffer().put(0, m.doubleValue));
        t.row("ShortBuffer.put(short)" + name, 2, m -> view(m, order).asShortBuffer().put(m.shortValue));
        t.row("CharBuffer.put(char)" + name, 2, m -> view(m, order).asCharBuffer().put(m.charValue));
        t.row("IntBuffer.put(int)" + name, 4, m -> view(m, order).asIntBuffer().put(m.intValue));
        t.row("LongBuffer.put(long)" + name, 8, m -> view(m, order).asLongBuffer().put(m.longValue));
        t.row("FloatBuffer.put(float)" + name, 4, m -> view(m, order).asFloatBuffer().put(m.floatValue));
        t.row("DoubleBuffer.put(double)" + name, 8, m -> view(m, order).asDoubleBuffer().put(m.doubleValue));
        t.row("LongBuffer, unaligned" + name, 8, m -> m.buffer.slice(m.at + 3, 8).order(order).asLongBuffer().put(0, m.longValue)).stride(24);
        t.row("LongBuffer slice" + name, 8, m -> view(m, order).asLongBuffer().slice(1, 4).put(0, m.longValue)).stride(16);
        t.row("LongBuffer duplicate" + name, 8, m -> view(m, order).asLongBuffer().duplicate().put(m.longValue));
        t.row("LongBuffer compact" + name, 8, m -> view(m, order).asLongBuffer().limit(2).position(1).compact()).stride(16);
    }

    private static void viewBulk(Rows t, ByteOrder order) {
        String name = ", " + order;
        short[] shorts = new short[16];
        char[] chars = new String(new char[16]).replace('\0', '\u8181').toCharArray();
        String text = new String(chars);
        int[] ints = new int[16];
        long[] longs = new long[16];
        float[] floats = new float[16];
        double[] doubles = new double[16];
        HEAP.duplicate().asShortBuffer().get(0, shorts);
        HEAP.duplicate().asIntBuffer().get(0, ints);
        HEAP.duplicate().asLongBuffer().get(0, longs);
        HEAP.duplicate().asFloatBuffer().get(0, floats);
        HEAP.duplicate().asDoubleBuffer().get(0, doubles);
        t.row("ShortBuffer.put(short[])" + name, 32, m -> view(m, order).asShortBuffer().put(shorts));
        t.row("CharBuffer.put(char[])" + name, 32, m -> view(m, order).asCharBuffer().put(chars));
        t.row("IntBuffer.put(int[])" + name, 64, m -> view(m, order).asIntBuffer().put(ints));
        t.row("LongBuffer.put(long[])" + name, 128, m -> view(m, order).asLongBuffer().put(longs));
        t.row("FloatBuffer.put(float[])" + name, 64, m -> view(m, order).asFloatBuffer().put(floats));
        t.row("DoubleBuffer.put(double[])" + name, 128, m -> view(m, order).asDoubleBuffer().put(doubles));
        t.row("IntBuffer.put(int[]), few" + name, 4, m -> view(m, order).asIntBuffer().put(ints, 0, 1));
        t.row("IntBuffer.put(int,int[],int,int)" + name, 16, m -> view(m, order).asIntBuffer().put(0, ints, 2, 4));
        t.row("LongBuffer.put(int,long[])" + name, 128, m -> view(m, order).asLongBuffer().put(0, longs));
        t.row("CharBuffer.put(String)" + name, 32, m -> view(m, order).asCharBuffer().put(text));
        t.row("CharBuffer.put(String,int,int)" + name, 16, m -> view(m, order).asCharBuffer().put(text, 2, 10));
        t.row("CharBuffer.append(CharSequence)" + name, 32, m -> view(m, order).asCharBuffer().append(text));
        t.row("CharBuffer.append(char)" + name, 2, m -> view(m, order).asCharBuffer().append(m.charValue));
        t.row("CharBuffer.read(CharBuffer)" + name, 32, m -> CharBuffer.wrap(text).read(view(m, order).asCharBuffer()));
        t.row("ShortBuffer.put(ShortBuffer)" + name, 32, m -> view(m, order).asShortBuffer().put(ShortBuffer.wrap(shorts)));
        t.row("CharBuffer.put(CharBuffer)" + name, 32, m -> view(m, order).asCharBuffer().put(CharBuffer.wrap(chars)));
        t.row("CharBuffer.put(CharBuffer), of a String" + name, 32, m -> view(m, order).asCharBuffer().put(CharBuffer.wrap(text)));
        t.row("IntBuffer.put(IntBuffer)" + name, 64, m -> view(m, order).asIntBuffer().put(IntBuffer.wrap(ints)));
        t.row("LongBuffer.put(LongBuffer)" + name, 128, m -> view(m, order).asLongBuffer().put(LongBuffer.wrap(longs)));
        t.row("LongBuffer.put(LongBuffer), direct" + name, 128, m -> view(m, order).asLongBuffer().put(DIRECT.duplicate().clear().asLongBuffer()));
        t.row("FloatBuffer.put(FloatBuffer)" + name, 64, m -> view(m, order).asFloatBuffer().put(FloatBuffer.wrap(floats)));
        t.row("DoubleBuffer.put(DoubleBuffer)" + name, 128, m -> view(m, order).asDoubleBuffer().put(DoubleBuffer.wrap(doubles)));
        t.row("IntBuffer.put(int,IntBuffer,int,int)" + name, 16, m -> view(m, order).asIntBuffer().put(0, IntBuffer.wrap(ints), 2, 4));
    }
}
