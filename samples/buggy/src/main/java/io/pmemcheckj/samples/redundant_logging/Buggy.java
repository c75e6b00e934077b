package io.pmemcheckj.samples.redundant_logging;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on note
/** Logs a node twice, and a second node that the transaction never changes: undo records for nothing. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "tree", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer tree = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            PmemCheck.startTransaction();
            PmemCheck.addToTransaction(tree, 0, 64);
            PmemCheck.addToTransaction(tree, 0, 64); // finds: redundant-logging
            PmemCheck.addToTransaction(tree, 128, 64); // finds: redundant-logging
            for (int slot = 0; slot < 64; slot += 8) {
                tree.putLong(slot, slot);
            }
            tree.force(0, 64);
            PmemCheck.endTransaction();
        } finally {
            Files.delete(file);
        }
    }
}
