package io.pmemcheckj.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubprocessTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static CommandResult shell(String script, Duration limit) {
        return Subprocess.run(List.of("/bin/sh", "-c", script), limit);
    }

    @Test
    void givesOutputExitCodeAndTheFirstComplaint() {
        CommandResult result = shell("cat; echo out; echo first >&2; echo second >&2; exit 3", LONG);
        assertEquals(new CommandResult(true, true, 3, "out\n", "first"), result);
    }

    @Test
    void aCommandThatIsNotThere() throws IOException {
        assertFalse(Subprocess.run(List.of("no-such-command-here"), LONG).installed());
        Path file = Files.createFile(folder.resolve("not-executable"));
        CommandResult result = Subprocess.run(List.of(file.toString()), LONG);
        assertTrue(result.installed());
        assertTrue(result.problem().startsWith("cannot be run"), result.problem());
    }

    @Test
    void aCommandThatHangsIsStopped() {
        CommandResult result = shell("exec sleep 1000", Duration.ofMillis(200));
        assertFalse(result.ended());
        assertTrue(result.problem().startsWith("no answer within"), result.problem());
    }

    @Test
    void aChildThatKeepsTheOutputOpenHoldsNothingUp() {
        Path end = folder.resolve("end");
        shell("(sleep 20; touch " + end + ") & exit 0", Duration.ofMillis(200));
        assertFalse(Files.exists(end), "waited for the child");
    }

    @Test
    void outputWithoutEndIsCutOff() {
        assertEquals("it prints without end", shell("yes", LONG).problem());
    }
}
