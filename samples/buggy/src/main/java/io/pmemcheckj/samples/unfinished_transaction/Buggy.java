package io.pmemcheckj.samples.unfinished_transaction;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Returns early and leaves the transaction open, so the next start rolls the change back. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "accounts", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer accounts = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            withdraw(accounts, 100);
        } finally {
            Files.delete(file);
        }
    }

    private static void withdraw(MappedByteBuffer accounts, long amount) {
        PmemCheck.startTransaction(); // finds: unfinished-transaction occurrences=1
        PmemCheck.addToTransaction(accounts, 0, 8);
        accounts.putLong(0, accounts.getLong(0) - amount);
        accounts.force(0, 8);
        if (accounts.getLong(0) < 0) {
            return;
        }
        PmemCheck.endTransaction();
    }
}
