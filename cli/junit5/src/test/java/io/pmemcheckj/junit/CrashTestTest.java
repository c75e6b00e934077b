package io.pmemcheckj.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTestTest {
    private static final CrashTest.Program STORES_SEVEN =
            folder -> Files.write(folder.resolve("count"), new byte[] {7});
    private static final CrashTest.Check REFUSES = image -> {
        throw new IllegalStateException("nothing is right");
    };

    private final int fieldOfTheTest = 7;

    @TempDir
    private Path folder;

    @BeforeEach
    void useTheFakeTool() throws IOException {
        System.setProperty(Tool.PROPERTY, FakeTool.jar(folder).toString());
    }

    @AfterEach
    void useTheRealTool() {
        System.clearProperty(Tool.PROPERTY);
    }

    @Test
    void aCheckThatAcceptsEveryStatePasses() {
        CrashTest.explore(
                STORES_SEVEN, image -> assertEquals(7, image.map("count").get(0)));
    }

    @Test
    void valuesOfTheTestTravelAlong() {
        byte stored = 3;
        String name = "count-ü";
        CrashTest.explore(
                folder -> Files.write(folder.resolve(name), new byte[] {stored}),
                image -> assertEquals(stored, image.map(name).get(0)));
    }

    @Test
    void aRefusedStateFailsTheTestWithWhatTheToolSaysOfIt() throws Exception {
        String message = refusal(CrashTest.of(STORES_SEVEN), REFUSES);
        assertTrue(message.contains("a state that the check refuses\n"), message);
        assertTrue(
                message.endsWith("ERROR inconsistent-crash-state: java.lang.IllegalStateException: nothing is right"),
                message);
    }

    @Test
    void assertStatementsOfTheCheckCount() throws Exception {
        String message = refusal(CrashTest.of(STORES_SEVEN), image -> {
            assert image.map("count").get(0) == 8 : "not eight";
        });
        assertTrue(message.contains("java.lang.AssertionError: not eight"), message);
    }

    @Test
    void onlyWhatARefusedStateNeedsIsKept() {
        var untrusted = assertThrows(
                IllegalStateException.class,
                () -> CrashTest.of(STORES_SEVEN).engine("untrusted").explore(REFUSES));
        assertTrue(untrusted.getMessage().startsWith("the exploration of crash states cannot be trusted:\nfake: "));
        assertFalse(Files.exists(trace(untrusted.getMessage()).getParent()));
    }

    @Test
    void optionsReachTheCommand() throws Exception {
        CrashTest settings = CrashTest.of(STORES_SEVEN)
                .engine("exhaustive")
                .maxStates(500)
                .timeLimit(Duration.ofMinutes(2))
                .seed(-3)
                .jobs(2)
                .checkTimeout(Duration.ofSeconds(9))
                .failure("process")
                .domain("adr")
                .emulatePmem()
                .reportFolder(folder.resolve("report"));
        String command = refusal(settings, REFUSES);
        assertTrue(command.contains(" --report-dir " + folder.resolve("report")), command);
        assertTrue(
                command.contains(" --engine exhaustive --max-states 500 --time-limit 120 --seed -3 --jobs 2"
                        + " --check-timeout 9 --failure process --domain adr\n"),
                command);
    }

    @Test
    void aProgramThatFailsIsShown() {
        var failure = assertThrows(
                IllegalStateException.class,
                () -> CrashTest.explore(
                        folder -> {
                            throw new IOException("disk on fire");
                        },
                        REFUSES));
        assertTrue(failure.getMessage().startsWith("the program failed:\n"), failure.getMessage());
        assertTrue(failure.getMessage().contains("java.io.IOException: disk on fire"), failure.getMessage());
    }

    @Test
    void aThreadThatTheProgramLeavesBehindDoesNotKeepTheTest() {
        CrashTest.explore(
                folder -> {
                    STORES_SEVEN.run(folder);
                    new Thread(() -> {
                                while (true) {
                                    Thread.onSpinWait();
                                }
                            })
                            .start();
                },
                image -> {});
    }

    @Test
    void optionsOfTheJvmReachTheProgram() {
        CrashTest.of(folder -> Files.writeString(folder.resolve(System.getProperty("named")), "x"))
                .jvm("-Dnamed=file")
                .explore(image -> assertEquals(1, image.map("file").remaining()));
    }

    @Test
    void aProgramThatTakesItsTestAlongIsExplained() {
        CrashTest.Program program = folder -> Files.write(folder.resolve("count"), new byte[fieldOfTheTest]);
        var failure = assertThrows(IllegalArgumentException.class, () -> CrashTest.explore(program, REFUSES));
        assertTrue(
                failure.getMessage()
                        .startsWith("the program uses an object of io.pmemcheckj.junit.CrashTestTest,"
                                + " which is not Serializable"),
                failure.getMessage());
    }

    @Test
    void aCheckThatTakesAPathAlongIsExplained() {
        Path captured = folder;
        var failure = assertThrows(
                IllegalArgumentException.class,
                () -> CrashTest.explore(
                        STORES_SEVEN, image -> Files.list(captured).close()));
        assertTrue(failure.getMessage().startsWith("the check uses an object of "), failure.getMessage());
    }

    @Test
    void aTimeoutOfTheTestEndsTheExploration() throws Exception {
        Thread.currentThread().interrupt();
        var failure = assertThrows(IllegalStateException.class, () -> CrashTest.explore(STORES_SEVEN, REFUSES));
        assertTrue(Thread.interrupted(), "the interrupt is handed on");
        assertEquals("interrupted while pmemcheck-j run ran", failure.getMessage());
    }

    private static String refusal(CrashTest settings, CrashTest.Check check) throws IOException {
        String message = assertThrows(AssertionError.class, () -> settings.explore(check))
                .getMessage();
        Path trace = trace(message);
        assertTrue(Files.exists(trace), "what repeats the check is kept");
        Files.walkFileTree(trace.getParent(), new Workspace.Deletion());
        return message;
    }

    private static Path trace(String message) {
        Matcher command = Pattern.compile("fake: crash (\\S+)").matcher(message);
        assertTrue(command.find(), message);
        return Path.of(command.group(1));
    }
}
