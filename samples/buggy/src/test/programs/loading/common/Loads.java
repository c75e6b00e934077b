import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import sun.misc.Unsafe;

/** Each way of loading from a mapped file; comments hold the ranges that are traced, and what decides. */
public final class Loads {
    private static final Unsafe U = unsafe();
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle SWAPPED =
            MethodHandles.byteBufferViewVarHandle(
                    long[].class,
                    ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);

    private static Object sink;

    private Loads() {}

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"deprecation", "removal"}) // Buffer.address can be had in no other way on JDK 17
    private static long address(Buffer buffer) throws ReflectiveOperationException {
        return U.getLong(buffer, U.objectFieldOffset(Buffer.class.getDeclaredField("address")));
    }

    public static void main(String[] args) throws Exception {
        MappedByteBuffer map;
        try (RandomAccessFile file = new RandomAccessFile(Path.of(args[0], "loads.dat").toFile(), "rw")) {
            map = file.getChannel().map(MapMode.READ_WRITE, 0, 1 << 16);
        }
        values(map);
        bulks(map);
        handles(map);
        byUnsafe(address(map));
        comparisons(map);
        nativeReaders(map);
        channels(map, Path.of(args[0], "copy.dat"));
        guards(map);
        runs(map);
        map.load();
        map.force();
        System.out.println("done");
    }

    private static void keep(Object value) {
        sink = value;
    }

    private static void values(MappedByteBuffer map) {
        keep(map.get(0)); // traces: 0+1
        keep(map.getChar(8)); // traces: 8+2
        keep(map.getShort(16)); // traces: 16+2
        keep(map.getInt(24)); // traces: 24+4
        keep(map.getFloat(32)); // traces: 32+4
        keep(map.getLong(40)); // traces: 40+8
        keep(map.getDouble(48)); // traces: 48+8
        map.position(64);
        keep(map.get()); // traces: 64+1
        keep(map.getLong()); // traces: 65+8
        keep(map.order(ByteOrder.LITTLE_ENDIAN).getInt(81)); // traces: 81+4
        keep(map.slice(96, 32).getLong(8)); // traces: 104+8
        keep(map.asReadOnlyBuffer().getLong(112)); // traces: 112+8
        keep(map.asLongBuffer().get(2)); // traces: 89+8
        keep(map.clear().asIntBuffer().get(32)); // traces: 128+4
        keep(map.asDoubleBuffer().get(17)); // traces: 136+8
        keep(map.asCharBuffer().charAt(72)); // traces: 144+2
        keep(map.asCharBuffer().subSequence(76, 79).toString()); // traces: 152+6
        keep(map.slice(160, 8).hashCode()); // traces: 160+8
        map.order(ByteOrder.BIG_ENDIAN);
    }

    private static void bulks(MappedByteBuffer map) throws Exception {
        map.get(256, new byte[3]); // traces: 256+3
        map.get(260, new byte[100], 10, 50); // traces: 260+50
        map.position(320).get(new byte[40]); // traces: 320+40
        map.clear();
        map.slice(384, 64).asLongBuffer().get(new long[8]); // traces: 384+64
        map.slice(448, 64).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(new long[8]); // traces: 448+64
        ByteBuffer.allocate(64).put(map.slice(512, 64)); // traces: 512+64
        ByteBuffer.allocateDirect(64).put(0, map, 576, 64); // traces: 576+64
        map.put(704, map, 640, 64); // traces: 640+64
        keep(StandardCharsets.ISO_8859_1.decode(map.slice(768, 16))); // traces: 768+16
        keep(MessageDigest.getInstance("SHA-256").digest(new byte[0]));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(map.slice(800, 100)); // traces: 800+100
    }

    private static void handles(MappedByteBuffer map) {
        keep((long) LONGS.get(map, 1024)); // traces: 1024+8
        keep((long) LONGS.getVolatile(map, 1032)); // traces: 1032+8
        keep((long) LONGS.getAcquire(map, 1040)); // traces: 1040+8
        keep((long) LONGS.getOpaque(map, 1048)); // traces: 1048+8
        keep((boolean) LONGS.compareAndSet(map, 1056, 5L, 6L)); // traces: 1056+8
        keep((boolean) LONGS.compareAndSet(map, 1056, 0L, 6L)); // traces: 1056+8
        keep((long) LONGS.compareAndExchange(map, 1064, 1L, 2L)); // traces: 1064+8
        keep((long) LONGS.getAndAdd(map, 1072, 1L)); // traces: 1072+8
        keep((long) LONGS.getAndSet(map, 1080, 1L)); // traces: 1080+8
        keep((long) LONGS.getAndBitwiseOr(map, 1088, 1L)); // traces: 1088+8
        keep((long) SWAPPED.get(map, 1096)); // traces: 1096+8
        keep((long) SWAPPED.getAndAdd(map, 1104, 1L)); // traces: 1104+8
        LONGS.setVolatile(map, 1112, 1L);
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static void byUnsafe(long base) {
        keep(U.getByte(base + 1280)); // traces: 1280+1
        keep(U.getChar(base + 1288)); // traces: 1288+2
        keep(U.getInt(base + 1296)); // traces: 1296+4
        keep(U.getLong(null, base + 1304)); // traces: 1304+8
        keep(U.getLongVolatile(null, base + 1312)); // traces: 1312+8
        keep(U.getDouble(base + 1320)); // traces: 1320+8
        keep(U.getAddress(base + 1328)); // traces: 1328+8
        keep(U.compareAndSwapInt(null, base + 1336, 7, 8)); // traces: 1336+4
        keep(U.getAndAddInt(null, base + 1340, 1)); // traces: 1340+4
        U.copyMemory(base + 1344, base + 1408, 48); // traces: 1344+48
        U.copyMemory(null, base + 1472, new byte[32], Unsafe.ARRAY_BYTE_BASE_OFFSET, 32); // traces: 1472+32
        U.putLong(base + 1536, 1);
    }

    private static void comparisons(MappedByteBuffer map) {
        ByteBuffer zeros = ByteBuffer.allocate(64);
        ByteBuffer differs = ByteBuffer.allocate(64).put(20, (byte) 1);
        keep(map.slice(1600, 64).equals(zeros)); // traces: 1600+64
        keep(map.slice(1664, 64).mismatch(differs)); // traces: 1664+21
        keep(map.slice(1728, 32).compareTo(map.slice(1760, 32))); // traces: 1728+64
        keep(map.slice(1792, 3).equals(ByteBuffer.allocate(3))); // traces: 1792+3
        keep(map.slice(1800, 3).equals(ByteBuffer.allocate(4)));
    }

    private static void nativeReaders(MappedByteBuffer map) {
        CRC32 crc = new CRC32();
        crc.update(map.slice(2048, 100)); // traces: 2048+100
        CRC32C crcC = new CRC32C();
        crcC.update(map.slice(2176, 100)); // traces: 2176+100
        Adler32 adler = new Adler32();
        adler.update(map.slice(2304, 100)); // traces: 2304+100
        Deflater deflater = new Deflater();
        deflater.setInput(map.slice(2432, 100)); // traces: 2432+100
        deflater.finish();
        deflater.deflate(new byte[200]);
        deflater.end();
    }

    private static void channels(MappedByteBuffer map, Path copy) throws IOException {
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(map.slice(3072, 32)); // traces: 3072+32
            file.write(map.slice(3136, 32), 100); // traces: 3136+32
            file.write(new ByteBuffer[] {map.slice(3200, 16), ByteBuffer.allocate(8), map.slice(3216, 8)}); // traces: 3200+24
        }
        Pipe pipe = Pipe.open();
        pipe.sink().write(map.slice(3264, 16)); // traces: 3264+16
        pipe.sink().close();
        pipe.source().close();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
                client.write(map.slice(3328, 16)); // traces: 3328+16
            }
        }
    }

    private static void guards(MappedByteBuffer map) {
        if (map.getLong(4096) == 1) { // traces: 4096+8 guards
            keep(map.getLong(4104));
        }
        int length = Integer.reverseBytes(map.getInt(4112)); // traces: 4112+4 guards
        keep(length);
        if (length > 3) {
            keep(length);
        }
        keep(isValid(map));
        switch (map.get(4128)) { // traces: 4128+1 guards
            case 1 -> keep(1);
            case 2 -> keep(2);
            default -> keep(3);
        }
        if (!LONGS.compareAndSet(map, 4136, 0L, 1L)) { // traces: 4136+8 guards
            keep(4);
        }
        Runnable lambda = () -> {
            while (map.get(4144) != 0) { // traces: 4144+1 guards
                keep(5);
            }
        };
        lambda.run();
    }

    private static boolean isValid(MappedByteBuffer map) {
        return map.getInt(4120) == 0x1234; // traces: 4120+4 guards
    }

    private static void runs(MappedByteBuffer map) {
        long sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += map.getLong(8192 + 8 * i); // traces: 8192+8000
        }
        for (int i = 0; i < 10; i++) {
            sum += map.get(20000); // traces: 20000+1 x10
        }
        keep(sum);
    }
}
