package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes with {@code crash}: one clear line that names what is wrong, and the right exit code. */
class CrashBadInputIT {
    @TempDir
    private static Path shared;

    private static String classPath;
    private static Path trace;

    @TempDir
    private Path folder;

    @BeforeAll
    static void traceOnce() throws Exception {
        classPath = Compile.classPath(Compile.program("crashing", 17, shared.resolve("classes")));
        trace = new Checker(Jdks.current(), shared).traceForCrashes(List.of(), counter());
    }

    private static List<String> counter() {
        return List.of(
                "-cp", classPath, "Counter", shared.resolve("counter.dat").toString(), "3");
    }

    private Run crash(Path trace, String... options) throws Exception {
        return new Checker(Jdks.current(), folder).crash(trace, Arrays.asList(options));
    }

    private Run checkedBy(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--class-path", classPath, "--check-class"));
        all.addAll(Arrays.asList(options));
        return crash(trace, all.toArray(String[]::new));
    }

    private static void assertRefused(Run run, int exit, String named) throws Exception {
        assertEquals(exit, run.exit(), run::describe);
        assertTrue(run.stderr().contains(named), () -> "does not name " + named + "\n" + run.describe());
        assertFalse(run.stderr().contains("\tat "), run::describe);
        assertTrue(
                run.stderr().lines().filter(line -> !line.isBlank()).count() <= 3,
                () -> "more than a few lines\n" + run.describe());
    }

    @Test
    void allIsWell() throws Exception {
        Run run = crash(trace, "--check", "true {image}");

        assertEquals(0, run.exit(), run::describe);
    }

    @Test
    void noSuchTrace() throws Exception {
        assertRefused(crash(folder.resolve("missing.trace"), "--check", "true {image}"), 2, "missing.trace");
    }

    @Test
    void foreignTrace() throws Exception {
        Path foreign = Files.write(folder.resolve("foreign.trace"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0});

        assertRefused(crash(foreign, "--check", "true {image}"), 3, "foreign.trace");
    }

    @Test
    void truncatedTrace() throws Exception {
        byte[] bytes = Files.readAllBytes(trace);
        Path half = Files.write(folder.resolve("half.trace"), Arrays.copyOf(bytes, bytes.length * 2 / 3));

        Run run = crash(half, "--check", "true {image}");

        assertEquals(3, run.exit(), run::describe);
        assertFalse(run.stderr().contains("\tat "), run::describe);
    }

    @Test
    void traceWithoutValues() throws Exception {
        Path kept = folder.resolve("kept.trace");
        Run run = new Checker(Jdks.current(), folder)
                .run(List.of("--no-progress", "--keep-trace", kept.toString()), counter());
        assertEquals(0, run.exit(), run::describe);

        assertRefused(crash(kept, "--check", "true {image}"), 2, "--values");
    }

    @Test
    void noCheck() throws Exception {
        assertRefused(crash(trace), 2, "--check");
    }

    @Test
    void twoChecks() throws Exception {
        assertRefused(crash(trace, "--check", "true {image}", "--check-class", "Hostile"), 2, "--check-class");
    }

    @Test
    void filesHaveInTheImageThePathsBelowTheFolderGiven() throws Exception {
        String path = shared.getFileName() + "/counter.dat";
        String check = "test -e {image}/" + path + " || test -z \"$(ls {image})\"";

        Run run = crash(trace, "--check", check, "--base", shared.getParent().toString());

        assertEquals(0, run.exit(), run::describe);
    }

    @Test
    void anotherFolderForARestart() throws Exception {
        assertRefused(crash(trace, "--oracle", "restart", "--base", "/"), 2, "--base");
    }

    @Test
    void commandWithoutImage() throws Exception {
        assertRefused(crash(trace, "--check", "true"), 2, "{image}");
    }

    @Test
    void commandThatDoesNotExist() throws Exception {
        assertRefused(crash(trace, "--check", "/no/such/command {image}"), 2, "/no/such/command");
    }

    @Test
    void commandThatIsAFolder() throws Exception {
        assertRefused(crash(trace, "--check", folder + " {image}"), 2, folder.toString());
    }

    @Test
    void emptyCommand() throws Exception {
        assertRefused(crash(trace, "--check", ""), 2, "--check");
    }

    @Test
    void classThatDoesNotExist() throws Exception {
        assertRefused(checkedBy("NoSuchCheck"), 2, "NoSuchCheck");
    }

    @Test
    void classThatIsNoCheck() throws Exception {
        assertRefused(checkedBy("NoCheck"), 2, "CrashCheck");
    }

    @Test
    void classWithoutConstructor() throws Exception {
        assertRefused(checkedBy("NoConstructor"), 2, "NoConstructor");
    }

    @Test
    void constructorThatThrows() throws Exception {
        assertRefused(checkedBy("Failing"), 2, "not today");
    }

    @Test
    void classPathThatDoesNotExist() throws Exception {
        assertRefused(crash(trace, "--check-class", "Hostile", "--class-path", "/no/such.jar"), 2, "/no/such.jar");
    }

    @Test
    void numbersThatMakeNoSense() throws Exception {
        for (String option : List.of("--max-states", "--time-limit", "--check-timeout", "--jobs")) {
            for (String value : List.of("0", "-1", "many")) {
                assertRefused(checkedBy("Hostile", option, value), 2, option);
            }
        }
        assertRefused(checkedBy("Hostile", "--seed", "x"), 2, "--seed");
        assertRefused(checkedBy("Hostile", "--check-memory", "lots"), 2, "--check-memory");
    }

    @Test
    void wordsThatAreNone() throws Exception {
        for (String option : List.of("--engine", "--failure", "--domain", "--format", "--fail-on")) {
            assertRefused(checkedBy("Hostile", option, "bogus"), 2, "bogus");
        }
    }

    @Test
    void stateThatIsNone() throws Exception {
        assertRefused(checkedBy("Hostile", "--state", "bogus"), 2, "bogus");
    }
}
