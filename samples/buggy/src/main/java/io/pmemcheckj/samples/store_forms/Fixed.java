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

/** The same stores, and one force for all of them. */
public final class Fixed {
    private static final VarHandle LITTLE =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "forms", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer forms = channel.map(MapMode.READ_WRITE, 0, 4096);
            CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
            forms.put(0, (byte) 1);
            forms.putShort(8, (short) 1);
            forms.putChar(16, 'a');
            forms.putInt(24, 1);
            forms.putFloat(32, 1);
            forms.putDouble(40, 1);
            forms.put(64, new byte[3]);
            forms.put(128, new byte[100]);
            forms.put(256, ByteBuffer.allocate(24), 0, 24);
            forms.put(320, ByteBuffer.allocateDirect(24), 0, 24);
            forms.slice(384, 64).putLong(0, 1);
            forms.duplicate().position(448).put(new byte[40]);
            forms.slice(512, 64).asIntBuffer().put(3, 1);
            forms.slice(576, 64).asLongBuffer().put(new long[8]);
            forms.slice(640, 64).asCharBuffer().put("persist");
            encoder.encode(CharBuffer.wrap("data"), forms.slice(704, 64), true);
            LITTLE.set(forms, 768, 1L);
            LITTLE.setVolatile(forms, 776, 1L);
            LITTLE.compareAndSet(forms, 784, 0L, 1L);
            LITTLE.getAndAdd(forms, 792, 1L);
            BIG.getAndAdd(forms, 800, 1L);
            BIG.setRelease(forms, 808, 1L);
            channel.read(forms.slice(1024, 32), 2048);
            forms.force();
        } finally {
            Files.delete(file);
        }
    }
}
