package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text that a user sees for a sample, kept beside the tests; {@code -Dgolden.refresh} writes it anew. */
final class Golden {
    private static final boolean REFRESH = System.getProperty("golden.refresh") != null;

    private Golden() {}

    static void check(String name, String text) throws IOException {
        Path file = Checker.BASEDIR.resolve("src/test/golden").resolve(name + ".txt");
        if (REFRESH) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertTrue(Files.exists(file), file + " is missing; write it with -Dgolden.refresh and read what it says");
        assertEquals(Files.readString(file), text, "output differs from " + file);
    }

    /**
     * Replaces what differs from run to run (folders, the random part of file names, addresses, times) and from JDK to JDK (its
     * version, and the frames of stacks, most of which are its own).
     */
    static String normalise(String text, Path folder) {
        return text.replace(folder.toString(), "<folder>")
                .replaceAll("([a-z]+)\\d{6,}\\.dat", "$1<n>.dat")
                .replaceAll("\\b0x\\p{XDigit}{9,}", "0x<address>")
                .replaceAll("(?m)^ +(at \\S+\\(.*\\)|\\.\\.\\. \\d+ more frames?)\\R", "")
                .replaceAll("\\b\\d+(\\.\\d+)? ?(ms|s)\\b", "<time>")
                .replaceAll("\\b(JDK|Java|java) \\d+(\\.\\d+)*(\\+\\d+)?", "$1 <version>");
    }
}
