package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes of users: one clear line that names what is wrong, the right exit code, and never a stack trace. */
class BadInputIT {
    private static final String SAMPLES = Checker.SAMPLES_JAR.toString();

    @TempDir
    private Path folder;

    private Run tool(String... arguments) throws Exception {
        return Run.of(folder, Checker.tool(arguments));
    }

    /** {@code run} on a sample that is clean, with more options. */
    private Run clean(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--no-progress"));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(List.of(SAMPLES, "unflushed-store", "fixed", folder.toString()));
        return tool(arguments.toArray(String[]::new));
    }

    private static void assertRefused(Run run, int exit, String named) throws Exception {
        assertEquals(exit, run.exit(), run::describe);
        assertTrue(run.stderr().contains(named), () -> "does not name " + named + "\n" + run.describe());
        assertFalse(run.stderr().contains("\tat "), run::describe);
        assertFalse(run.stderr().contains("Exception"), run::describe);
        assertTrue(
                run.stderr().lines().filter(line -> !line.isBlank()).count() <= 3,
                () -> "more than a few lines\n" + run.describe());
    }

    @Test
    void noSuchJar() throws Exception {
        assertRefused(tool("run", "missing.jar"), 2, "missing.jar");
    }

    @Test
    void jarThatIsNone() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jar"), "not a jar");

        assertRefused(tool("run", text.toString()), 2, "text.jar");
    }

    @Test
    void jarWithoutMainClass() throws Exception {
        Path jar = Compile.jars(Checker.LIBS.resolve("agrona")).get(0);

        assertRefused(tool("run", jar.toString()), 2, jar.getFileName().toString());
    }

    @Test
    void unknownOption() throws Exception {
        assertRefused(clean("--bogus"), 2, "--bogus");
    }

    @Test
    void unknownRule() throws Exception {
        assertRefused(clean("--rules", "+no-such-rule"), 2, "no-such-rule");
    }

    @Test
    void badGlob() throws Exception {
        assertRefused(clean("--segments", "[unclosed"), 2, "[unclosed");
    }

    @Test
    void missingOrderFile() throws Exception {
        assertRefused(clean("--order", "missing.order"), 2, "missing.order");
    }

    @Test
    void reportFolderThatIsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "");

        assertRefused(clean("--report-dir", file.toString()), 2, "taken");
    }

    @Test
    void noSuchJava() throws Exception {
        assertRefused(clean("--java", "/no/such/java"), 2, "/no/such/java");
    }

    @Test
    void javaThatIsTooOldOrTooNew() throws Exception {
        for (String version : List.of("11.0.2", "99")) {
            Path java = fakeJdk(version);

            assertRefused(clean("--java", java.toString()), 2, version.replaceAll("\\..*", ""));
        }
    }

    /** A folder that looks like a JDK of that version to all who ask. */
    private Path fakeJdk(String version) throws Exception {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        String major = version.replaceAll("\\..*", "");
        Files.writeString(
                java,
                "#!/bin/sh\n"
                        + "echo 'openjdk version \"" + version + "\" 2020-01-01' >&2\n"
                        + "echo '    java.version = " + version + "' >&2\n"
                        + "echo '    java.specification.version = " + major + "' >&2\n");
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }

    @Test
    void noSuchTrace() throws Exception {
        assertRefused(tool("analyze", "missing.trace"), 2, "missing.trace");
    }

    @Test
    void foreignTrace() throws Exception {
        Path foreign = Files.write(folder.resolve("foreign.trace"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0});

        assertRefused(tool("analyze", foreign.toString()), 3, "foreign.trace");
    }

    @Test
    void truncatedTraceStillShowsWhatItHolds() throws Exception {
        Path whole = folder.resolve("whole.trace");
        Run run = tool(
                "run",
                "--no-progress",
                "--keep-trace",
                whole.toString(),
                SAMPLES,
                "store-forms",
                "buggy",
                folder.toString());
        assertEquals(1, run.exit(), run::describe);
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half.trace"), Arrays.copyOf(bytes, bytes.length / 2));

        Run analysis = tool("analyze", half.toString());

        assertEquals(3, analysis.exit(), analysis::describe);
        assertTrue(analysis.stderr().contains("truncated"), analysis::describe);
        assertFalse(analysis.stderr().contains("\tat "), analysis::describe);
        assertTrue(Files.exists(folder.resolve("pmemcheck-report/report.json")), analysis::describe);
    }

    @Test
    void diskFullWhileTheTraceIsKept() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");

        Run run = tool(
                "run",
                "--no-progress",
                "--keep-trace",
                "/dev/full",
                SAMPLES,
                "unflushed-store",
                "buggy",
                folder.toString());

        assertTrue(run.exit() == 3 || run.exit() == 2, run::describe);
        assertTrue(run.stderr().contains("/dev/full"), run::describe);
        assertFalse(run.stderr().contains("\tat "), run::describe);
    }
}
