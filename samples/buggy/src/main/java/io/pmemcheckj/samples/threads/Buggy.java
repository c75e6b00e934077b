package io.pmemcheckj.samples.threads;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
/** Eight threads fill a shard each; the force at the end of run covers only the first half of it. */
public final class Buggy {
    private Buggy() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = Files.createTempFile(folder, "shards", ".dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer shards = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 8192);
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(shard -> new Thread(() -> fill(shards, shard * 1024)))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void fill(MappedByteBuffer shards, int start) {
        for (int index = 0; index < 1024; index += 8) {
            shards.putLong(start + index, index); // finds: unflushed-store bytes=4096 occurrences=512
        }
        shards.force(start, 512);
    }
}
