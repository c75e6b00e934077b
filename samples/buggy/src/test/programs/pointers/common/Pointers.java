import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import sun.misc.Unsafe;

/** Stores addresses of volatile memory in a mapped file, and numbers that are none; comments hold what is traced. */
public final class Pointers {
    private static final int SIZE = 1 << 20;
    private static final Unsafe U = unsafe();
    private static final VarHandle BIG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Pointers() {}

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("deprecation") // Buffer.address can be had in no other way on JDK 17
    private static long address(Buffer buffer) throws ReflectiveOperationException {
        return U.getLong(buffer, U.objectFieldOffset(Buffer.class.getDeclaredField("address")));
    }

    private static MappedByteBuffer map(String folder, String name) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(Path.of(folder, name).toFile(), "rw")) {
            return file.getChannel().map(MapMode.READ_WRITE, 0, SIZE);
        }
    }

    public static void main(String[] args) throws Exception {
        MappedByteBuffer map = map(args[0], "pointers.dat");
        MappedByteBuffer other = map(args[0], "other.dat");
        store(map, address(map), address(ByteBuffer.allocateDirect(64)) & -8);
        store(map, address(map), U.allocateMemory(8 << 20) & -8); // a mapping of its own
        storeNumbers(map, other);
        storeOften(map, U.allocateMemory(64));
        map.force();
        System.out.println("done");
    }

    @SuppressWarnings("removal")
    private static void store(MappedByteBuffer map, long at, long pointer) {
        map.putLong(0, pointer); // traces: 2
        map.order(ByteOrder.LITTLE_ENDIAN).putLong(0, pointer); // traces: 2
        map.asLongBuffer().put(0, pointer); // traces: 2
        map.order(ByteOrder.BIG_ENDIAN).asLongBuffer().put(0, pointer + 8); // traces: 2
        U.putLong(at, pointer); // traces: 2
        U.putAddress(at, pointer); // traces: 2
        U.putLongVolatile(null, at, pointer); // traces: 2
        U.putOrderedLong(null, at, pointer); // traces: 2
        U.compareAndSwapLong(null, at, pointer, pointer + 16); // traces: 2
        U.compareAndSwapLong(null, at, pointer, pointer + 24);
        U.getAndSetLong(null, at, pointer); // traces: 2
        BIG.set(map, 0, pointer); // traces: 2
        LITTLE.set(map, 0, pointer); // traces: 2
        LITTLE.setRelease(map, 0, pointer); // traces: 2
        LITTLE.compareAndExchange(map, 0, pointer, pointer + 8); // traces: 2
        LITTLE.compareAndExchange(map, 0, pointer, pointer + 8);
        BIG.getAndSet(map, 0, pointer); // traces: 2
    }

    private static void storeNumbers(MappedByteBuffer map, MappedByteBuffer other) throws Exception {
        Instant now = Instant.now();
        map.putLong(8, address(map) + 64); // of the same segment
        map.putLong(8, address(other) + 64); // of another
        map.putLong(8, now.toEpochMilli());
        map.putLong(8, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        map.putLong(8, now.getEpochSecond() * 1_000_000_000 + now.getNano());
        map.putLong(8, System.nanoTime());
        map.putLong(8, 0x5_5000_0000_0008L);
        map.putLong(8, 0x7000_0000_0000L); // no memory there
        map.putDouble(8, Math.PI);
        map.putInt(8, 0x7fff);
        map.putInt(12, 0);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            map.putLong(16, random.nextLong());
            map.putLong(16, (long) i << 16); // offsets in a file
            map.putLong(16, i * 0x9e37_79b9_7f4a_7c15L);
        }
    }

    private static void storeOften(MappedByteBuffer map, long pointer) {
        for (int i = 0; i < 100_000; i++) {
            map.putLong(24, pointer & -8); // traces: 1000
        }
    }
}
