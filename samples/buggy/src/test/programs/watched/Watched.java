import io.pmemcheckj.api.PmemCheck;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps losing more and more until a file is there: {@code Watched DATA STOP}. */
public final class Watched {
    private static final int SIZE = 1 << 20;

    public static void main(String[] args) throws Exception {
        try (FileChannel file = FileChannel.open(
                Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer data = file.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
            data.putLong(SIZE - 8, 1);
            PmemCheck.expectPersisted(data, SIZE - 8, 8); // is not: a finding, once
            for (int i = 0; !Files.exists(Path.of(args[1])); i++) {
                transaction(data, i % 300);
                commit(data, i);
                lose(data, 4096 + 8 * (i % ((SIZE - 8192) / 8)));
                Thread.sleep(5);
            }
        }
        System.exit(7);
    }

    /** Open for most of the time. */
    private static void transaction(MappedByteBuffer data, int round) {
        if (round == 10) {
            PmemCheck.startTransaction(42);
            PmemCheck.addToTransaction(42, data, 0, 1 << 20);
        }
        if (round == 290) {
            PmemCheck.endTransaction(42);
        }
    }

    private static void commit(MappedByteBuffer data, int round) {
        data.putLong(0, round + 1);
        data.force(0, 4096);
    }

    private static void lose(MappedByteBuffer data, int at) {
        data.putLong(at, at);
    }
}
