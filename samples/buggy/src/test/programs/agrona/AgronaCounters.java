import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Agrona's buffers, which store through sun.misc.Unsafe, on a mapped file. */
public final class AgronaCounters {
    private AgronaCounters() {}

    public static void main(String[] args) {
        MappedByteBuffer map = IoUtil.mapNewFile(Path.of(args[0]).resolve("counters.dat").toFile(), 4096);
        UnsafeBuffer counters = new UnsafeBuffer(map);
        counters.putLong(0, 1);
        counters.putLongOrdered(64, 2);
        counters.getAndAddLong(128, 3);
        counters.putStringAscii(256, "counters");
        map.force();
        counters.putLong(512, 4); // unforced plain
        counters.putLongVolatile(576, 5); // unforced volatile
        System.out.println(counters.getLong(128) + " " + counters.getStringAscii(256));
    }
}
