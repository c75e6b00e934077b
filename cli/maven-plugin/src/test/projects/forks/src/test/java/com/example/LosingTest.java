package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.MappedByteBuffer;
import org.junit.jupiter.api.Test;

class LosingTest {
    @Test
    void forgetsToForce() throws Exception {
        assertEquals("kept", System.getProperty("from.pom"));
        MappedByteBuffer file = Files.map("losing");
        file.putLong(0, 42);
    }
}
