package com.example;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

final class Files {
    private Files() {}

    static MappedByteBuffer map(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(
                Path.of("target/pmem", name),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
        }
    }
}
