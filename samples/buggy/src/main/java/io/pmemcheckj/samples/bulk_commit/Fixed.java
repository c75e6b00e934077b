package io.pmemcheckj.samples.bulk_commit;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on warning
/** One long says both. */
public final class Fixed {
    private static final int PAGE = 256;

    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "tree", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer tree = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            for (int i = 1; i <= 3; i++) {
                tree.put(PAGE * i, new byte[PAGE]);
                tree.force(PAGE * i, PAGE);
                tree.putLong(0, (long) i << 32 | PAGE * i);
                tree.force(0, 8);
            }
        } finally {
            Files.delete(file);
        }
    }
}
