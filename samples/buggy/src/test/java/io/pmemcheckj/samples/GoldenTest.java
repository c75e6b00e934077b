package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GoldenTest {
    @Test
    void removesWhatDiffersFromRunToRun() {
        assertEquals(
                "<folder>/ledger<n>.dat in <time>, 24 bytes",
                Golden.normalise("/tmp/x/ledger1234567890123.dat in 1.25 s, 24 bytes", Path.of("/tmp/x")));
    }

    @Test
    void removesTheFramesOfStacks() {
        assertEquals(
                "stack:\ntraced",
                Golden.normalise(
                        "stack:\n      at a.B.c(B.java:1)\n      ... 4 more frames\ntraced", Path.of("/tmp/x")));
    }

    @Test
    void keepsCountsAndLines() {
        String text = "Buggy.java:28: error: unflushed-store, 3 times, 24 bytes at offset 4096";

        assertEquals(text, Golden.normalise(text, Path.of("/tmp/x")));
    }
}
