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
/** The entry is forced by the method that writes it. */
@PersistOrder(name = "entry before tail", first = "#write", then = "#publish")
public final class Fixed {
    private Fixed() {}

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
        log.force(at, 8);
    }

    private static void publish(MappedByteBuffer log, int tail) {
        log.putLong(0, tail);
        log.force(0, 8);
    }
}
