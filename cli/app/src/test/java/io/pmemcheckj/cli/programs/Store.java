package io.pmemcheckj.cli.programs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;

/** Stores two longs into the file that it is given, and forces only the first. */
public final class Store {
    private Store() {}

    public static void main(String[] args) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(args[0], "rw")) {
            MappedByteBuffer buffer = file.getChannel().map(MapMode.READ_WRITE, 0, 8192);
            buffer.putLong(0, 1);
            buffer.force(0, 8);
            buffer.putLong(4096, 2);
        }
    }
}
