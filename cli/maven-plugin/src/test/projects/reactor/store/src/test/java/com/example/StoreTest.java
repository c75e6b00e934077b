package com.example;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class StoreTest {
    @Test
    void stores() throws Exception {
        try (FileChannel channel = FileChannel.open(
                Path.of("target/store"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            MappedByteBuffer file = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
            file.putLong(0, 42);
            if (!Boolean.getBoolean("lose")) {
                file.force();
            }
        }
    }
}
