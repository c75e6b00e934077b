package io.pmemcheckj.samples.bulk_commit;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on warning
/**
 * Writes a new root page, and makes it valid by copying sixteen bytes over the header: number and page of the root. A
 * copy is no unit: a crash can leave the new number with the page of the old root.
 */
public final class Buggy {
    private static final int PAGE = 256;

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "tree", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer tree = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            byte[] header = new byte[16];
            for (int i = 1; i <= 3; i++) {
                tree.put(PAGE * i, new byte[PAGE]);
                tree.force(PAGE * i, PAGE);
                header[0] = (byte) i;
                header[8] = (byte) i;
                tree.put(0, header); // finds: torn-store
                tree.force(0, 16);
            }
        } finally {
            Files.delete(file);
        }
    }
}
