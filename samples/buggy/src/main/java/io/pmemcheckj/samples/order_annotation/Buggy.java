package io.pmemcheckj.samples.order_annotation;

import io.pmemcheckj.api.PersistOrder;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/**
 * The order is declared beside the methods that have to keep it. The tail is stored while the entry waits in the
 * cache: a crash can leave an entry that counts and is not there.
 */
@PersistOrder(name = "entry before tail", first = "#write", then = "#publish")
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "log", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer log = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            int tail = 64;
            for (int i = 0; i < 3; i++) {
                write(log, tail, 42 + i);
                tail += 64;
                publish(log, tail);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void write(MappedByteBuffer log, int at, long entry) {
        log.putLong(at, entry);
    }

    private static void publish(MappedByteBuffer log, int tail) {
        log.putLong(0, tail); // finds: unordered-store bytes=8 occurrences=3
        log.force(0, tail);
    }
}
