package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An expectation that does not hold fails the JUnit test that states it, and nothing else. */
@ParameterizedClass
@MethodSource("jdks")
class ExpectationsIT {
    private static final Pattern FAILURE = Pattern.compile("JUnit Jupiter:ExpectingTest:(\\w+)\\(\\)[\\s\\S]*?=> (.*)");

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    ExpectationsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private static Map<String, String> failures(Run run) throws Exception {
        Map<String, String> failures = new TreeMap<>();
        Matcher matcher = FAILURE.matcher(run.stdout());
        while (matcher.find()) {
            failures.put(matcher.group(1), matcher.group(2));
        }
        return failures;
    }

    private List<String> program() throws Exception {
        List<Path> classPath = Compile.program("expecting", 17, folder.resolve("classes"), "junit");
        return List.of("-cp", Compile.classPath(classPath));
    }

    private List<String> tests() throws Exception {
        List<String> tests = new ArrayList<>(program());
        tests.addAll(List.of("org.junit.platform.console.ConsoleLauncher", "execute", "-c", "ExpectingTest"));
        tests.addAll(List.of("--disable-banner", "--disable-ansi-colors"));
        return tests;
    }

    @Test
    void theTestsWithAMistakeFail() throws Exception {
        Checker checker = new Checker(jdk, folder);

        Run run = checker.run(List.of("--no-progress", "--emulate-pmem"), tests());

        Map<String, String> failures = failures(run);
        assertEquals(
                List.of("notFlushed", "notOrdered", "notOrderedAndAskedLater"),
                List.copyOf(failures.keySet()),
                run::describe);
        assertTrue(
                failures.get("notFlushed")
                        .matches(
                                ".*expectPersisted: 8 bytes of .*/log.dat not persistent, the first at offset 128, stored"
                                        + " at .*ExpectingTest.java:\\d+.* and not flushed since"),
                failures.get("notFlushed"));
        assertTrue(
                failures.get("notOrdered")
                        .matches(
                                ".*expectOrdered: stored at .*ExpectingTest.java:\\d+.* was persistent. Flush it and fence after .*"),
                failures.get("notOrdered"));
    }

    @Test
    void theSameWithTheAgentAlone() throws Exception {
        Checker checker = new Checker(jdk, folder);
        List<String> program = new ArrayList<>(tests());
        program.add(
                0,
                "-javaagent:" + Checker.JAR.toAbsolutePath() + "=emulate-pmem,keep-trace="
                        + folder.resolve("alone.trace"));

        Run run = checker.untraced(program);

        assertEquals(
                List.of("notFlushed", "notOrdered", "notOrderedAndAskedLater"),
                List.copyOf(failures(run).keySet()),
                run::describe);
    }

    @Test
    void onlyReportedWhenAsked() throws Exception {
        Checker checker = new Checker(jdk, folder);

        Run run = checker.run(List.of("--no-progress", "--emulate-pmem", "--expectations", "report"), tests());

        assertEquals(Map.of(), failures(run), run::describe);
        assertTrue(run.stdout().contains("7 tests successful"), run::describe);
        assertEquals(1, run.exit(), run::describe);
    }

    @Test
    void outsideOfTestsOnlyReported() throws Exception {
        Checker checker = new Checker(jdk, folder);
        List<String> program = new ArrayList<>(program());
        program.addAll(List.of(
                "ExpectingTest", Files.createDirectory(folder.resolve("data")).toString()));

        Run run = checker.run(List.of("--no-progress", "--emulate-pmem"), program);

        assertEquals("done\n", run.stdout(), run::describe);
        assertEquals(1, run.exit(), run::describe);
    }
}
