package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A project's own tests with {@code @PmemChecked}, and without: those that leave something unpersisted fail, and only they. */
@ParameterizedClass
@MethodSource("jdks")
class CheckedTestsIT {
    private static final Path ARTIFACT = Path.of(System.getProperty("pmemcheckj.junit5.jar", "junit5.jar"));
    private static final Pattern FAILURE = Pattern.compile("JUnit Jupiter:(\\S.*)\\n.*\\n\\s+=> (.*)");
    private static final String OLDEST = "junit5.10";
    private static final String NEWEST = "junit";
    private static final String ATTACHED = "-XX:+IgnoreUnrecognizedVMOptions -XX:+EnableDynamicAgentLoading";

    private static final Set<String> COMPILED = new HashSet<>();

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    CheckedTestsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private static synchronized Path compiled(String program, List<Path> classPath) throws Exception {
        Path output = Checker.BASEDIR.resolve("target/checked-tests").resolve(program);
        if (COMPILED.add(program)) {
            Path sources = Checker.BASEDIR.resolve("src/test/programs").resolve(program);
            Compile.tree(Jdks.all().get(0), sources, output, 17, classPath);
        }
        return output;
    }

    /** What follows {@code java} to run tests with a release of JUnit. */
    private List<String> tests(String junit, String program, String options, String... classes) throws Exception {
        List<Path> classPath = new ArrayList<>(Compile.jars(Checker.LIBS.resolve(junit)));
        classPath.add(ARTIFACT.toAbsolutePath());
        classPath.add(Checker.SAMPLES_JAR.toAbsolutePath()); // has the API
        classPath.add(0, compiled(program, classPath));
        List<String> arguments = new ArrayList<>(List.of("-cp", Compile.classPath(classPath)));
        arguments.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        arguments.addAll(List.of(options.split(" ")));
        arguments.add("org.junit.platform.console.ConsoleLauncher");
        arguments.addAll(List.of("execute", "--disable-banner", "--disable-ansi-colors"));
        for (String name : classes) {
            arguments.addAll(List.of("-c", name));
        }
        return arguments;
    }

    private Run java(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(arguments);
        return Run.of(folder, command);
    }

    /** First lines of the messages, by the tests that failed. */
    private static Map<String, String> failures(Run run) throws Exception {
        Map<String, String> failures = new TreeMap<>();
        Matcher matcher = FAILURE.matcher(run.stdout());
        while (matcher.find()) {
            failures.put(matcher.group(1), matcher.group(2));
        }
        return failures;
    }

    private static void assertFailed(Run run, String... tests) throws Exception {
        assertEquals(new TreeSet<>(List.of(tests)), failures(run).keySet(), run::describe);
    }

    private static void assertCheckedTestFailed(Run run) throws Exception {
        assertFailed(
                run,
                "CheckedTest:badNotForced()",
                "CheckedTest:badForcedTooLate()",
                "CheckedTest:badInThread()",
                "CheckedTest:failsByItself()",
                "CheckedTest:badStoresNothing()",
                "CheckedTest:badRule()",
                "CheckedTest:badForcedTwice()",
                "CheckedTest:parameterized(int):[2] 2",
                "CheckedTest:repeated(RepetitionInfo):repetition 2 of 2",
                "CheckedTest:factory():bad dynamic",
                "CheckedTest:Inner:badNested()");
        Map<String, String> failures = failures(run);
        String found = failures.get("CheckedTest:badNotForced()");
        assertTrue(
                found.matches(
                        ".*ERROR unflushed-store  CheckedTest.badNotForced\\(CheckedTest.java:\\d+\\)  8 bytes, once"),
                found);
        String unsuspected = failures.get("CheckedTest:badStoresNothing()");
        assertTrue(unsuspected.contains("cannot be trusted: nothing was traced though "), unsuspected);
        String own = failures.get("CheckedTest:failsByItself()");
        assertTrue(own.contains("by itself"), own);
        assertTrue(
                run.stdout().contains("Suppressed: java.lang.AssertionError: ERROR unflushed-store  CheckedTest.fails"),
                run::describe);
        String mistaken = failures.get("CheckedTest:badRule()");
        assertTrue(mistaken.contains("there is no rule 'unflushed-stores'"), mistaken);
    }

    private List<String> leftovers() {
        return List.of(folder.resolve("tmp").toFile().list((parent, name) -> name.startsWith("pmemcheck-j")));
    }

    @Test
    void attachedTheTestsWithAMistakeFail() throws Exception {
        Run run = java(tests(NEWEST, "checked", ATTACHED, "CheckedTest"));

        assertCheckedTestFailed(run);
        assertEquals("", run.stderr(), run::describe);
        assertEquals(List.of(), leftovers());
    }

    @Test
    void underRunTheyFailToo() throws Exception {
        Checker checker = new Checker(jdk, folder);

        Run run = checker.run(
                List.of("--no-progress"), tests(NEWEST, "checked", "-XX:+DisableAttachMechanism", "CheckedTest"));

        assertCheckedTestFailed(run);
        assertEquals(1, run.exit(), run::describe);
    }

    @Test
    void whatAClassDoesAroundItsTestsCountsForTheClass() throws Exception {
        String[] classes = {
            "ClassTest$BadBeforeAll",
            "ClassTest$GoodForcedByTest",
            "ClassTest$BadAfterAll",
            "ClassTest$OneInstance",
            "ClassTest$GoodTogether",
            "ClassTest$Emulated",
        };
        Run run = java(tests(
                OLDEST,
                "checked",
                "-javaagent:" + Checker.JAR.toAbsolutePath() + "=keep-trace=" + folder.resolve("kept.trace"),
                classes));

        assertFailed(
                run,
                "ClassTest$BadBeforeAll",
                "ClassTest$BadAfterAll",
                "ClassTest$OneInstance:badStores()",
                "ClassTest$Emulated:badOnPmem()");
        assertTrue(run.stdout().contains("had not been flushed when the class ended"), run::describe);
        assertTrue(Files.exists(folder.resolve("kept.trace")));
    }

    @Test
    void testsInParallelAreToldApart() throws Exception {
        String parallel = "-Djunit.jupiter.execution.parallel.";
        Run run = java(tests(
                OLDEST,
                "checked",
                ATTACHED + " " + parallel + "enabled=true " + parallel + "mode.default=concurrent " + parallel
                        + "config.strategy=fixed " + parallel + "config.fixed.parallelism=6",
                "ParallelTest$Checked",
                "ParallelTest$AtMethod",
                "ParallelTest$Unchecked"));

        assertFailed(run, "ParallelTest$Checked:bad(Path)");
        assertTrue(failures(run).get("ParallelTest$Checked:bad(Path)").contains("160 bytes, 20 times"), run::describe);
    }

    @Test
    void filesMappedBeforeTheAgentCameAreSeen() throws Exception {
        Run run = java(tests(NEWEST, "checked", ATTACHED, "LateTest"));

        assertFailed(run, "LateTest:badStores()");
    }

    @Test
    void oneConfigurationParameterChecksAllTests() throws Exception {
        List<String> tests = tests(jdk.version() < 21 ? OLDEST : NEWEST, "gated", ATTACHED, "GatedTest");
        assertFailed(java(tests));

        tests.addAll(List.of("--config", "pmemcheckj.junit.all=true"));

        assertFailed(java(tests), "GatedTest:bad(Path)", "GatedTest:factory(Path):bad dynamic");
    }

    @Test
    void whereNothingMayBeAttachedTestsSayWhatToDo() throws Exception {
        String refusal = jdk.version() < 21 ? "-XX:+DisableAttachMechanism" : "-XX:-EnableDynamicAgentLoading";
        List<String> tests = tests(NEWEST, "gated", refusal, "GatedTest");
        tests.addAll(List.of("--config", "pmemcheckj.junit.all=true"));

        Run run = java(tests);

        Map<String, String> failures = failures(run);
        assertEquals(5, failures.size(), run::describe);
        failures.values()
                .forEach(message -> assertTrue(
                        message.contains("cannot attach itself to this JVM")
                                && message.contains("-javaagent:pmemcheck-j.jar=no-trace"),
                        message));
        assertFalse(run.stdout().contains("Full thread dump"), run::describe);
    }
}
