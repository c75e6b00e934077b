package io.pmemcheckj.samples.store_forms;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Every way in which Java code stores into a mapped buffer, and not one force. */
public final class Buggy {
    private static final VarHandle LITTLE =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "forms", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer forms = channel.map(MapMode.READ_WRITE, 0, 4096);
            CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
            forms.put(0, (byte) 1); // finds: unflushed-store bytes=1 occurrences=1
            forms.putShort(8, (short) 1); // finds: unflushed-store bytes=2 occurrences=1
            forms.putChar(16, 'a'); // finds: unflushed-store bytes=2 occurrences=1
            forms.putInt(24, 1); // finds: unflushed-store bytes=4 occurrences=1
            forms.putFloat(32, 1); // finds: unflushed-store bytes=4 occurrences=1
            forms.putDouble(40, 1); // finds: unflushed-store bytes=8 occurrences=1
            forms.put(64, new byte[3]); // finds: unflushed-store bytes=3
            forms.put(128, new byte[100]); // finds: unflushed-store bytes=100 occurrences=1
            forms.put(256, ByteBuffer.allocate(24), 0, 24); // finds: unflushed-store bytes=24 occurrences=1
            forms.put(320, ByteBuffer.allocateDirect(24), 0, 24); // finds: unflushed-store bytes=24 occurrences=1
            forms.slice(384, 64).putLong(0, 1); // finds: unflushed-store bytes=8 occurrences=1
            forms.duplicate().position(448).put(new byte[40]); // finds: unflushed-store bytes=40 occurrences=1
            forms.slice(512, 64).asIntBuffer().put(3, 1); // finds: unflushed-store bytes=4 occurrences=1
            forms.slice(576, 64).asLongBuffer().put(new long[8]); // finds: unflushed-store bytes=64 occurrences=1
            forms.slice(640, 64).asCharBuffer().put("persist"); // finds: unflushed-store bytes=14
            encoder.encode(CharBuffer.wrap("data"), forms.slice(704, 64), true); // finds: unflushed-store bytes=4
            LITTLE.set(forms, 768, 1L); // finds: unflushed-store bytes=8 occurrences=1
            LITTLE.setVolatile(forms, 776, 1L); // finds: unflushed-store bytes=8 occurrences=1
            LITTLE.compareAndSet(forms, 784, 0L, 1L); // finds: unflushed-store bytes=8 occurrences=1
            LITTLE.getAndAdd(forms, 792, 1L); // finds: unflushed-store bytes=8 occurrences=1
            BIG.getAndAdd(forms, 800, 1L); // finds: unflushed-store bytes=8 occurrences=1
            BIG.setRelease(forms, 808, 1L); // finds: unflushed-store bytes=8 occurrences=1
            channel.read(forms.slice(1024, 32), 2048); // finds: unflushed-store bytes=32 occurrences=1
        } finally {
            Files.delete(file);
        }
    }
}
