package com.example.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary tests: none of them knows of the check. */
class DurableQueueTest {
    @TempDir
    Path folder;

    private DurableQueue queue;

    @BeforeEach
    void open() throws IOException {
        queue = DurableQueue.open(folder.resolve("queue"));
    }

    @Test
    void keepsTheOrder() {
        queue.add("one");
        queue.add("two");
        assertEquals("one", queue.poll());
        assertEquals("two", queue.poll());
        assertNull(queue.poll());
    }

    @Test
    void isThereWhenOpenedAgain() throws IOException {
        queue.add("kept");
        assertEquals("kept", DurableQueue.open(folder.resolve("queue")).poll());
    }

    @Test
    void usesSlotsAgain() {
        for (int i = 0; i < 100; i++) {
            queue.add("text " + i);
            assertEquals("text " + i, queue.poll());
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> queue.add("x".repeat(253)));
    }
}
