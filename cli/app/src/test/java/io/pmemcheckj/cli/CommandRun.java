package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One command, run in this JVM, and what came of it. */
record CommandRun(int exit, String out, String err) {

    static CommandRun of(String... args) {
        return in(Path.of(""), Map.of(), args);
    }

    static CommandRun in(Path folder, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(args, out, new PrintStream(err, true, StandardCharsets.UTF_8), environment, folder);
        return new CommandRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Exit code 2, nothing on stdout, and one line on stderr that holds these words. */
    void assertRefused(String... words) {
        assertLine(ExitCode.USAGE, words);
    }

    void assertLine(ExitCode code, String... words) {
        assertEquals(code.number(), exit, this::toString);
        assertEquals("", out);
        assertEquals(1, err.lines().count(), err);
        for (String word : words) {
            assertTrue(err.contains(word), () -> "'" + word + "' is missing in: " + err);
        }
    }
}
