import io.mashona.logwriting.AppendOnlyLog;
import io.mashona.logwriting.AppendOnlyLogImpl;
import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The log opens, has what was put, at most one entry more, and takes a new entry that is still there when it is opened again. */
public final class LogCheck implements CrashCheck {
    private static final String NEW = "new";

    @Override
    public void check(CrashImage image) throws IOException {
        String file = image.files().get(0);
        boolean linear = file.endsWith("linear.log");
        Path path = image.folder().resolve(file);
        int acknowledged = Math.max(0, image.markers().size() - 1);
        AppendOnlyLog log = open(path, linear);
        List<String> found = entries(log);
        if (found.size() < acknowledged || found.size() > acknowledged + 1) {
            throw new IllegalStateException(acknowledged + " entries were put, found are " + found);
        }
        for (int i = 0; i < found.size(); i++) {
            if (!found.get(i).equals(MashonaCrashes.entry(i))) {
                throw new IllegalStateException("entry " + i + " is " + found.get(i));
            }
        }
        log.put(NEW.getBytes(StandardCharsets.US_ASCII));
        found.add(NEW);
        require(found, entries(log), "after a put");
        require(found, entries(open(path, linear)), "when opened again after a put");
    }

    private static void require(List<String> expected, List<String> found, String when) {
        if (!found.equals(expected)) {
            throw new IllegalStateException(when + " the log has " + found + ", and should have " + expected);
        }
    }

    private static AppendOnlyLog open(Path path, boolean linear) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, MashonaCrashes.LOG_SIZE);
            return new AppendOnlyLogImpl(map, 0, MashonaCrashes.LOG_SIZE, false, linear);
        }
    }

    private static List<String> entries(AppendOnlyLog log) {
        List<String> entries = new ArrayList<>();
        for (ByteBuffer entry : log) {
            entries.add(StandardCharsets.US_ASCII.decode(entry).toString());
        }
        return entries;
    }
}
