import io.mashona.logwriting.AppendOnlyLog;
import io.mashona.logwriting.AppendOnlyLogImpl;
import io.mashona.logwriting.PmemUtil;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

/** mashona's append-only log and its mapped file channel, used as its documentation says. */
public final class MashonaLog {
    private static final int SIZE = 1 << 16;

    private MashonaLog() {}

    public static void main(String[] args) throws Exception {
        File folder = new File(args[0]);
        System.out.println("pmem supported: " + PmemUtil.isPmemSupportedFor(folder));
        channel(new File(folder, "channel.pmem"));
        log(folder.toPath().resolve("log.pmem"));
    }

    private static void channel(File file) throws Exception {
        try (FileChannel channel = PmemUtil.pmemChannelFor(file, SIZE, true)) {
            for (int i = 0; i < 100; i++) {
                channel.write(bytes("record " + i));
            }
            System.out.println("channel position " + channel.position());
        }
    }

    private static void log(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, SIZE);
            AppendOnlyLog log = new AppendOnlyLogImpl(map, 0, SIZE, false, false);
            for (int i = 0; i < 100; i++) {
                log.put(bytes("entry " + i));
            }
            int entries = 0;
            for (ByteBuffer entry : log) {
                entries += entry.remaining() > 0 ? 1 : 0;
            }
            System.out.println("log entries " + entries);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
