package io.pmemcheckj.benchmarks;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

/** Programs whose crash states {@link CrashBenchmarks} explores, and the check of their images. */
public final class CrashStores {
    static final String FILE = "stores.dat";

    /** The name of the check, which only the tool can load: it has the interface. */
    static final String CHECK = CrashStores.class.getName() + "$Check";

    private static final int LINE = 64;

    private CrashStores() {}

    /** What is stored. */
    enum Kind {
        /** Four stores of four bytes to one line, forced, and a flag in the next line. */
        RECORD_AND_FLAG {
            @Override
            int size() {
                return 4096;
            }

            @Override
            void store(MappedByteBuffer map) {
                for (int i = 0; i < 4; i++) {
                    map.putInt(4 * i, i + 1);
                }
                map.force(0, LINE);
                map.putInt(LINE, 1);
                map.force(LINE, LINE);
            }
        },

        /** Rounds of stores to lines all over 64 MiB, each round forced: 2 to the number of lines states a round. */
        SCATTERED {
            @Override
            int size() {
                return 64 << 20;
            }

            @Override
            void store(MappedByteBuffer map) {
                int rounds = 64;
                int lines = 8;
                int distance = size() / lines;
                for (int round = 0; round < rounds; round++) {
                    for (int i = 0; i < lines; i++) {
                        map.putLong(i * distance + round * LINE, round + 1);
                    }
                    for (int i = 0; i < lines; i++) {
                        map.force(i * distance + round * LINE, 8);
                    }
                }
            }
        };

        abstract int size();

        abstract void store(MappedByteBuffer map);
    }

    public static void main(String[] args) throws IOException {
        Kind kind = Kind.valueOf(args[0]);
        try (FileChannel channel = FileChannel.open(
                Path.of(args[1]).resolve(FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            kind.store(channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, kind.size()));
        }
    }

    /** Reads a little, as a recovery that trusts most of what it finds, and accepts everything. */
    public static final class Check implements CrashCheck {
        @Override
        public void check(CrashImage image) throws IOException {
            ByteBuffer map = image.map(FILE);
            long sum = 0;
            for (int at = 0; at < map.capacity(); at += map.capacity() / LINE) {
                sum += map.getLong(at);
            }
            if (sum == Long.MIN_VALUE) {
                throw new IllegalStateException("nobody stored this");
            }
        }
    }
}
