package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The traced program behaves as if it were not traced, and what it stored is reported however it ends. */
@ParameterizedClass
@MethodSource("jdks")
class GuestBehaviourIT {
    private static final String MAIN = "guest.Guest";

    @TempDir
    private static Path compiled;

    private static List<Path> guest;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    GuestBehaviourIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    @BeforeAll
    static void compile() throws Exception {
        if (guest == null) {
            guest = Compile.program("guest", 17, compiled.resolve("guest"));
        }
    }

    private Checker checker() {
        return new Checker(jdk, folder);
    }

    private List<String> program(String... arguments) {
        List<String> program = new ArrayList<>(List.of("-cp", Compile.classPath(guest), MAIN));
        program.addAll(List.of(arguments));
        return program;
    }

    private Run run(String... arguments) throws Exception {
        return checker().run(List.of("--no-progress"), program(arguments));
    }

    /** The one unflushed store of most modes of the program, at its exact line. */
    private void assertStoreFound() throws IOException {
        Expectations expected = Expectations.of(Checker.BASEDIR.resolve("src/test/programs/guest/guest/Guest.java"));
        assertEquals(List.of(), expected.differences(Checker.findings(checker().report())));
    }

    private void assertStoresFound(int number) throws IOException {
        List<Mark> findings = Checker.findings(checker().report());
        assertEquals(1, findings.size(), findings::toString);
        assertEquals("unflushed-store", findings.get(0).rule());
        assertEquals(Long.valueOf(number), findings.get(0).occurrences());
        assertEquals(Long.valueOf(8L * number), findings.get(0).bytes());
    }

    private void assertProgramExit(int expected) throws IOException {
        assertEquals(expected, checker().report().get("run").get("exitCode").asInt());
    }

    @Test
    @DisplayName("findings decide the exit code; the program's own is in the report")
    void findingsBeforeTheProgramsExitCode() throws Exception {
        Run run = run("exit", folder.toString(), "7");

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(7);
        assertStoreFound();
    }

    @Test
    void failingProgramWithoutFindings() throws Exception {
        Run run = run("exit-clean", folder.toString(), "7");

        assertEquals(4, run.exit(), run::describe);
        assertProgramExit(7);
    }

    @Test
    void programThatNeverMaps() throws Exception {
        Run run = run("no-mapping");

        assertEquals(0, run.exit(), run::describe);
        assertEquals("nothing mapped\n", run.stdout());
    }

    @Test
    void halt() throws Exception {
        Run run = run("halt", folder.toString(), "3");

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(3);
        assertStoreFound();
    }

    @Test
    void uncaughtException() throws Exception {
        Run run = run("throw", folder.toString());

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(1);
        assertStoreFound();
        assertTrue(run.stderr().contains("IllegalStateException: uncaught on purpose"), run::describe);
        assertTrue(run.stderr().contains("\tat guest.Guest.main(Guest.java:"), run::describe);
        assertFalse(run.stderr().contains("at io.pmemcheckj"), run::describe);
    }

    @Test
    void storeInAShutdownHook() throws Exception {
        Run run = run("hook", folder.toString(), "5");

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(5);
        assertStoreFound();
    }

    @Test
    void haltInAShutdownHook() throws Exception {
        Run run = run("halt-in-hook", folder.toString(), "6");

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(6);
        assertStoreFound();
    }

    @Test
    @DisplayName("SIGTERM to the tool reaches the program, and everything stored before is reported")
    void terminated() throws Exception {
        Run.Started started = start("wait", folder.toString(), "1000");
        awaitReady(started);

        assertTrue(started.process().toHandle().destroy());
        Run run = started.await();

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(143);
        assertStoresFound(1000);
    }

    @Test
    @DisplayName("SIGKILL of the program loses nothing that it stored before")
    void killed() throws Exception {
        Run.Started started = start("wait", folder.toString(), "10000");
        long pid = awaitReady(started);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Run run = started.await();

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(137);
        assertStoresFound(10_000);
        assertTrue(checker().report().get("run").get("complete").asBoolean(), "nothing was lost");
    }

    private Run.Started start(String... arguments) throws IOException {
        return Run.start(folder, checker().runCommand(List.of("--no-progress"), program(arguments)), "");
    }

    /** Waits until the program says that it stored everything; gives its process id. */
    private static long awaitReady(Run.Started started) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end && started.process().isAlive()) {
            String out = Files.readString(started.stdout());
            if (out.startsWith("ready ") && out.endsWith("\n")) {
                return Long.parseLong(out.substring(6).trim());
            }
            Thread.sleep(50);
        }
        started.process().destroyForcibly();
        throw new AssertionError("the program never got ready:\n" + Files.readString(started.stderr()));
    }

    @Test
    void standardInputReachesTheProgram() throws Exception {
        Run run = Run.start(folder, checker().runCommand(List.of("--no-progress"), program("echo")), "one\ntwo ü\n")
                .await();

        assertEquals(0, run.exit(), run::describe);
        assertEquals("echo one\necho two ü\n", run.stdout());
        assertTrue(run.stderr().contains("heard one\nheard two ü\n"), run::describe);
    }

    @Test
    void twoHundredMegabytesOfOutput() throws Exception {
        Run run = run("flood", folder.toString(), "200");

        assertEquals(0, run.exit(), run::describe);
        assertEquals(200L << 20, Files.size(run.stdoutFile()));
        assertEquals(-1, Files.mismatch(run.stdoutFile(), floodFile()));
        Files.delete(run.stdoutFile());
    }

    private Path floodFile() throws IOException {
        Path expected = folder.resolve("expected.txt");
        Files.writeString(expected, ("x".repeat(1023) + "\n").repeat(200 << 10));
        return expected;
    }

    @Test
    void programThatClosesItsOutput() throws Exception {
        Run run = run("closed", folder.toString());

        assertEquals(1, run.exit(), run::describe);
        assertStoreFound();
    }

    @Test
    @DisplayName("a reader that goes away stops neither the program nor the check")
    void readerOfOutputGoesAway() throws Exception {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -c 10 > /dev/null", "sh"));
        shell.addAll(checker().runCommand(List.of("--no-progress"), program("closed", folder.toString())));

        Run run = Run.of(folder, shell);

        assertStoreFound();
        assertFalse(run.stderr().contains("Broken pipe"), run::describe);
    }

    @Test
    void programUnderASecurityManager() throws Exception {
        assumeTrue(jdk.version() == 17, "later JDKs warn of security managers, or have none");

        Run run = run("restricted", folder.toString());

        assertEquals(1, run.exit(), run::describe);
        assertProgramExit(0);
        assertStoreFound();
    }

    @Test
    void fiveHundredThreads() throws Exception {
        Run run = run("threads", folder.toString(), "500");

        assertEquals(1, run.exit(), run::describe);
        assertEquals("500 threads done\n", run.stdout());
        assertStoresFound(500);
    }

    @Test
    void tenThousandVirtualThreads() throws Exception {
        assumeTrue(jdk.version() >= 21, "virtual threads come with JDK 21");

        Run run = run("virtual-threads", folder.toString(), "10000");

        assertEquals(1, run.exit(), run::describe);
        assertEquals("10000 threads done\n", run.stdout());
        assertStoresFound(10_000);
    }

    @Test
    void programWithItsOwnOldLibraries() throws Exception {
        List<Path> classPath = Compile.program("oldlibs", 17, compiled.resolve("oldlibs"), "old");
        List<String> program = List.of("-cp", Compile.classPath(classPath), "OldLibraries", folder.toString());

        Run run = checker().run(List.of("--no-progress"), program);

        assertEquals(1, run.exit(), run::describe);
        assertEquals(checker().untraced(program).stdout(), run.stdout());
        assertTrue(run.stdout().contains("no other Jackson is visible"), run::describe);
        assertMarksOf("oldlibs/OldLibraries.java");
    }

    @Test
    void namedModule() throws Exception {
        Path module = compiled.resolve("module");
        Compile.program("module", 17, module);
        List<String> program =
                List.of("-p", module.toString(), "-m", "guestmodule/guestmodule.InModule", folder.toString());

        Run run = checker().run(List.of("--no-progress"), program);

        assertEquals(1, run.exit(), run::describe);
        assertEquals("in module guestmodule\n", run.stdout());
        assertMarksOf("module/guestmodule/InModule.java");
    }

    @Test
    void argumentFile() throws Exception {
        Path arguments = Files.writeString(
                folder.resolve("java.args"), "-cp \"" + Compile.classPath(guest) + "\"\n" + MAIN + "\n");

        Run run = checker().run(List.of("--no-progress"), List.of("@" + arguments, "return", folder.toString()));

        assertEquals(1, run.exit(), run::describe);
        assertStoreFound();
    }

    @Test
    void classLoaderThatHidesTheTool() throws Exception {
        List<Path> classPath = new ArrayList<>(guest);
        classPath.addAll(Compile.program("hiding", 17, compiled.resolve("hiding")));

        Run run = checker()
                .run(
                        List.of("--no-progress"),
                        List.of("-cp", Compile.classPath(classPath), "HidingLoader", "return", folder.toString()));

        assertEquals(1, run.exit(), run::describe);
        assertEquals("loaded by hiding\n", run.stdout());
        assertStoreFound();
    }

    @Test
    void interpretedOrSimplyCompiled() throws Exception {
        for (String mode : List.of("-Xint", "-XX:TieredStopAtLevel=1")) {
            List<String> program = new ArrayList<>(List.of(mode));
            program.addAll(program("return", folder.toString()));

            Run run = checker().run(List.of("--no-progress"), program);

            assertEquals(1, run.exit(), run::describe);
            assertStoreFound();
        }
    }

    @Test
    void compiledBeforeTheFirstCall() throws Exception {
        assumeTrue(jdk.equals(Jdks.current()), "takes long, so on one JDK only");
        List<String> program = new ArrayList<>(List.of("-Xcomp"));
        program.addAll(program("return", folder.toString()));

        Run run = checker().run(List.of("--no-progress"), program);

        assertEquals(1, run.exit(), run::describe);
        assertStoreFound();
    }

    @Test
    void emulatedMemoryInTheInterpreter() throws Exception {
        Run run = checker()
                .run(
                        List.of("--no-progress", "--emulate-pmem"),
                        List.of(
                                "-Xint",
                                "-jar",
                                Checker.SAMPLES_JAR.toString(),
                                "unflushed-store-pmem",
                                "fixed",
                                folder.toString()));

        assertEquals(0, run.exit(), run::describe);
    }

    @Test
    @DisplayName("standard output is the same as without the tool, standard error keeps the program's lines")
    void outputOfTheProgramIsUntouched() throws Exception {
        for (List<String> arguments : List.of(
                List.of("no-mapping"),
                List.of("return", folder.toString()),
                List.of("threads", folder.toString(), "20"),
                List.of("throw", folder.toString()))) {
            List<String> program = program(arguments.toArray(String[]::new));
            Run untraced = checker().untraced(program);

            Run run = checker().run(List.of("--no-progress"), program);

            assertEquals(untraced.stdout(), run.stdout());
            assertTrue(run.stderr().contains(untraced.stderr()), run::describe);
        }
    }

    private void assertMarksOf(String source) throws IOException {
        Expectations expected =
                Expectations.of(Checker.BASEDIR.resolve("src/test/programs").resolve(source));
        assertEquals(List.of(), expected.differences(Checker.findings(checker().report())));
    }

    /** Much more is woven then, the locks of the JDK among it. */
    @Test
    void loadsChangeNothing() throws Exception {
        Map<List<String>, Integer> modes = new LinkedHashMap<>();
        modes.put(List.of("throw", folder.toString()), 1);
        modes.put(List.of("hook", folder.toString(), "5"), 5);
        modes.put(List.of("closed", folder.toString()), 0);
        modes.put(List.of("no-mapping"), 0);
        for (Map.Entry<List<String>, Integer> mode : modes.entrySet()) {
            List<String> program = program(mode.getKey().toArray(new String[0]));
            program.add(0, "-Xverify:all");

            Run run = checker().run(List.of("--no-progress", "--loads", "--fail-on", "never"), program);

            assertEquals(checker().untraced(program).stdout(), run.stdout(), run::describe);
            assertEquals(mode.getValue() == 0 ? 0 : 4, run.exit(), run::describe);
            assertProgramExit(mode.getValue());
            assertFalse(run.stderr().contains("VerifyError"), run::describe);
        }
    }

    @Test
    void manyThreadsWithLoads() throws Exception {
        boolean virtual = jdk.version() >= 21;
        String mode = virtual ? "virtual-threads" : "threads";
        int number = virtual ? 1000 : 100;

        Run run = checker()
                .run(List.of("--no-progress", "--loads"), program(mode, folder.toString(), Integer.toString(number)));

        assertEquals(1, run.exit(), run::describe);
        assertEquals(number + " threads done\n", run.stdout());
        assertStoresFound(number);
    }
}
