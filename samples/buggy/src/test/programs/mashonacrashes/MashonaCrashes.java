import io.mashona.logwriting.AppendOnlyLog;
import io.mashona.logwriting.AppendOnlyLogImpl;
import io.mashona.logwriting.ArrayStore;
import io.mashona.logwriting.ArrayStoreImpl;
import io.pmemcheckj.api.PmemCheck;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

/** mashona's append-only log, in both of its orderings, and its array store, for exploring their crash states. */
public final class MashonaCrashes {
    static final int LOG_SIZE = 2048;
    static final int[] ENTRY_LENGTHS = {10, 70, 40, 100};
    static final String[][] WRITES = {{"0", "zero"}, {"1", "one"}, {"0", "zero again, and longer"}, {"1", ""}};
    static final int SLOTS = 2;
    static final int SLOT_CAPACITY = 100;

    private MashonaCrashes() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        switch (args[0]) {
            case "linear", "relaxed" -> log(folder.resolve(args[0] + ".log"), args[0].equals("linear"));
            default -> array(folder.resolve("array.store"));
        }
    }

    private static void log(Path file, boolean linear) throws Exception {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, LOG_SIZE);
            AppendOnlyLog log = new AppendOnlyLogImpl(map, 0, LOG_SIZE, false, linear);
            PmemCheck.marker("created");
            for (int i = 0; i < ENTRY_LENGTHS.length; i++) {
                log.put(entry(i).getBytes(StandardCharsets.US_ASCII));
                PmemCheck.marker("put " + i);
            }
        }
    }

    static String entry(int number) {
        return Character.toString('a' + number).repeat(ENTRY_LENGTHS[number]);
    }

    private static void array(Path file) throws Exception {
        ArrayStore store = new ArrayStoreImpl(file.toFile(), SLOTS, SLOT_CAPACITY);
        PmemCheck.marker("created");
        for (String[] write : WRITES) {
            int slot = Integer.parseInt(write[0]);
            if (write[1].isEmpty()) {
                store.clear(slot, false);
            } else {
                store.write(slot, write[1].getBytes(StandardCharsets.US_ASCII));
            }
            PmemCheck.marker("wrote " + slot);
        }
        store.close();
    }
}
