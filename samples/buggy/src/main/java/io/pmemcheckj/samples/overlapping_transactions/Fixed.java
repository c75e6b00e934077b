package io.pmemcheckj.samples.overlapping_transactions;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem --fail-on warning
/** The second thread starts its transaction when the first one has ended. */
public final class Fixed {
    private Fixed() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "shared", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer shared = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            PmemCheck.startTransaction(1);
            PmemCheck.addToTransaction(1, shared, 0, 8);
            shared.putLong(0, 1);
            shared.force(0, 8);
            PmemCheck.endTransaction(1);
            inNewThread(() -> {
                PmemCheck.startTransaction(2);
                PmemCheck.addToTransaction(2, shared, 0, 8);
                shared.putLong(0, 2);
                shared.force(0, 8);
                PmemCheck.endTransaction(2);
            });
        } finally {
            Files.delete(file);
        }
    }

    private static void inNewThread(Runnable body) throws InterruptedException {
        Thread thread = new Thread(body);
        thread.start();
        thread.join();
    }
}
