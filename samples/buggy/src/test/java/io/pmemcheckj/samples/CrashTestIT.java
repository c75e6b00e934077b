package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Crash states as part of a project's own tests, which have nothing but the artifact for it on their class path. */
@ParameterizedClass
@MethodSource("jdks")
class CrashTestIT {
    private static final Path ARTIFACT = Path.of(System.getProperty("pmemcheckj.junit5.jar", "junit5.jar"));

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    CrashTestIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    /** Runs the main class, with temporary files in a folder of their own. */
    private Run java(String... main) throws Exception {
        List<Path> classPath = new ArrayList<>(Compile.jars(Checker.LIBS.resolve("junit")));
        classPath.add(ARTIFACT.toAbsolutePath());
        classPath.add(Checker.SAMPLES_JAR.toAbsolutePath()); // has the API
        Path sources = Checker.BASEDIR.resolve("src/test/programs/crashtest");
        classPath.add(0, Compile.tree(Jdks.all().get(0), sources, folder.resolve("classes"), 17, classPath));
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), "-cp", Compile.classPath(classPath)));
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        command.addAll(List.of(main));
        return Run.of(folder, command);
    }

    private Run test(String method) throws Exception {
        return java(
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "-m",
                "CountedLogTest#" + method);
    }

    private List<String> kept() throws Exception {
        return List.of(folder.resolve("tmp").toFile().list((parent, name) -> name.startsWith("pmemcheck-j-crash")));
    }

    @Test
    void aTestOfAMistakeFailsWithTheStoreThatIsLost() throws Exception {
        Run run = test("countAndRecordAtOnce()");

        assertEquals(1, run.exit(), run::describe);
        String out = run.stdout();
        assertTrue(out.contains("AssertionError: a crash can leave a state that the check refuses"), run::describe);
        assertTrue(
                Pattern.compile(
                                " lost: CountedLogTest\\.appendAtOnce\\(CountedLogTest\\.java:\\d+\\), log offset 4096:")
                        .matcher(out)
                        .find(),
                run::describe);
        assertTrue(out.contains("expected: <42> but was: <0>"), run::describe);
        assertEquals(1, kept().size(), "what repeats the check is kept");
        repeat(out);
    }

    /** The command in the message judges the same state again. */
    private void repeat(String message) throws Exception {
        Matcher command = Pattern.compile("reproduce: pmemcheck-j (.*)").matcher(message);
        assertTrue(command.find(), message);
        Run again = Run.of(folder, List.of("sh", "-c", String.join(" ", Checker.tool()) + " " + command.group(1)));
        assertEquals(1, again.exit(), again::describe);
        assertTrue(again.stderr().contains("crash states: 1 checked, 1 inconsistent"), again::describe);
    }

    @Test
    void aTestOfTheRightOrderPassesAndLeavesNothing() throws Exception {
        Run run = test("recordFirst()");

        assertEquals(0, run.exit(), run::describe);
        assertEquals(List.of(), kept());
    }

    @Test
    void aProgramThatStoresNothingProvesNothing() throws Exception {
        Run run = test("nothingStored()");

        assertEquals(1, run.exit(), run::describe);
        assertTrue(
                run.stdout().contains("IllegalStateException: the exploration of crash states cannot be trusted"),
                run::describe);
        assertTrue(run.stdout().contains("there is nothing to explore"), run::describe);
    }

    @Test
    void aPlainMainDoesAsWell() throws Exception {
        Run run = java("CountedLogTest");

        assertEquals(1, run.exit(), run::describe);
        assertTrue(run.stderr().contains("AssertionError: a crash can leave a state"), run::describe);
    }
}
