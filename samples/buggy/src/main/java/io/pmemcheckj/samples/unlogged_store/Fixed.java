package io.pmemcheckj.samples.unlogged_store;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Logs both accounts before changing them. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "accounts", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer accounts = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            PmemCheck.startTransaction();
            PmemCheck.addToTransaction(accounts, 0, 16);
            accounts.putLong(0, 900);
            accounts.putLong(8, 100);
            accounts.force(0, 16);
            PmemCheck.endTransaction();
        } finally {
            Files.delete(file);
        }
    }
}
