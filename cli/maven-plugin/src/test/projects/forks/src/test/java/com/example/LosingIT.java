package com.example;

import java.nio.MappedByteBuffer;
import org.junit.jupiter.api.Test;

class LosingIT {
    @Test
    void forgetsToForce() throws Exception {
        MappedByteBuffer file = Files.map("losing-it");
        file.putInt(64, 42);
    }
}
