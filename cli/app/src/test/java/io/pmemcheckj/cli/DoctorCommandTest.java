package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command on the machine that runs the tests, whatever that offers. */
class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void looksAtThisMachineAndLeavesNothingBehind() throws IOException {
        CommandRun run = CommandRun.of("doctor", folder.toString());
        assertEquals(0, run.exit(), run.err());
        assertEquals("", run.err());
        for (String part :
                new String[] {"Machine\n", "  kernel ", "Persistent memory", "  --domain auto ", "Software\n"}) {
            assertTrue(run.out().contains(part), () -> part + " is missing in: " + run.out());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void jsonTellsTheSame() throws IOException {
        CommandRun run = CommandRun.of("doctor", "--format", "json", folder.toString());
        assertEquals(0, run.exit(), run.err());
        JsonNode root = new JsonMapper().readTree(run.out());
        assertEquals(folder.toString(), root.at("/path/path").asString());
        assertEquals(
                System.getProperty("java.version"),
                root.at("/machine/java/version").asString());
        String refusedOrNot = root.at("/path/mapSync/result").asString();
        String domain = root.at("/auto/domain").asString();
        assertEquals(refusedOrNot.equals("works"), domain.endsWith("adr"), run.out());
    }

    @Test
    void theWorkingDirectoryIsMeantWithoutAPath() {
        CommandRun run = CommandRun.of("doctor", "--format=json");
        String working = Path.of("").toAbsolutePath().toString();
        assertEquals(
                working, new JsonMapper().readTree(run.out()).at("/path/path").asString());
        assertEquals(run.out(), CommandRun.of("doctor", "--format=json", ".").out());
    }

    @Test
    void badUsageIsOneLine() throws IOException {
        CommandRun.of("doctor", "--format", "xml").assertRefused("--format", "text, json", "xml");
        CommandRun.of("doctor", folder + "/none").assertRefused(folder + "/none", "no such file or folder");
        CommandRun.of("doctor", "a", "b").assertRefused("doctor --help");
        Path file = Files.createFile(folder.resolve("file"));
        CommandRun.of("doctor", file + "/below").assertRefused(file + "/below");
    }

    @Test
    void defaultsOfChecksAreNotForIt() throws IOException {
        Files.writeString(folder.resolve(Defaults.FILE), "format: [html]\nfail-on: note\n");
        CommandRun run = CommandRun.in(folder, Map.of(Defaults.VARIABLE, "--domain adr"), "doctor", folder.toString());
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().startsWith("Machine\n"), run.out());
    }
}
