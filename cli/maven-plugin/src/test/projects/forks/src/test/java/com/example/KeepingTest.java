package com.example;

import java.nio.MappedByteBuffer;
import org.junit.jupiter.api.Test;

class KeepingTest {
    @Test
    void forces() throws Exception {
        MappedByteBuffer file = Files.map("keeping");
        file.putLong(0, 42);
        file.force(0, Long.BYTES);
    }
}
