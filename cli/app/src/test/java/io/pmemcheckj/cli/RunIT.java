package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.cli.programs.Echo;
import io.pmemcheckj.cli.programs.Flood;
import io.pmemcheckj.cli.programs.Parent;
import io.pmemcheckj.cli.programs.Service;
import io.pmemcheckj.cli.programs.Store;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.report.JsonReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs programs under the one jar: what they see must be as without it, and what we say must be right. */
@Timeout(120)
class RunIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder;

    @Test
    void stdioArgumentsAndExitCodeBelongToTheProgram() throws Exception {
        Started run = start(List.of("--", "-ea", "-cp", classes(), Echo.class.getName(), "--quiet", "--", "@x", "a b"));
        try (OutputStream in = run.process().getOutputStream()) {
            in.write("typed\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(4, run.exit());
        assertEquals("[--quiet, --, @x, a b]\ntyped\n", run.out());
        assertTrue(run.err().contains("error output\n"), run.err());
        assertTrue(run.err().contains("mapped no file"), run.err());
        assertEquals(7, report().run().exitCode());
        assertTrue(report().run().complete());
        assertTrue(Files.size(folder.resolve("reports/report.html")) > 0);
    }

    @Test
    void aKeptTraceIsDumpedAndAnalyzedToTheSameFindings() throws Exception {
        Path data = folder.resolve("data");
        Path trace = folder.resolve("kept.trace");
        Started run = start(List.of(
                "--quiet",
                "--keep-trace",
                trace.toString(),
                "--",
                "-cp",
                classes(),
                Store.class.getName(),
                data.toString()));
        int exit = run.exit();
        Report first = report();
        assertEquals(2, first.summary().stores());
        assertEquals("", run.err());

        CommandRun dump = CommandRun.of("dump", trace.toString());
        assertEquals(0, dump.exit(), dump::err);
        assertTrue(dump.out().contains(Store.class.getName() + ".main(Store.java:17)"), dump::out);
        assertTrue(dump.out().contains("property \"command\" \"[\\\"-cp\\\",\\\"" + classes()), dump::out);
        Path text = Files.writeString(folder.resolve("kept.txt"), dump.out());
        for (Path kept : List.of(trace, text)) {
            Path reports = folder.resolve("again");
            CommandRun again = CommandRun.of("analyze", "--quiet", "--report-dir", reports.toString(), kept.toString());
            assertEquals(exit, again.exit(), again::err);
            assertEquals(
                    first.findings(),
                    JsonReport.read(reports.resolve("report.json")).findings());
        }
    }

    @Test
    void terminationReachesTheProgramAndTheReportsAreWritten() throws Exception {
        Started run = start(List.of("--", "-cp", classes(), Service.class.getName()));
        BufferedReader out = run.process().inputReader();
        assertEquals("up", out.readLine());
        run.process().toHandle().destroy();
        assertEquals("stopping", out.readLine());
        assertEquals(4, run.exit());
        assertEquals(143, report().run().exitCode());
        assertTrue(report().run().complete());
    }

    @Test
    void interruptReachesTheProgram() throws Exception {
        Started run = start(List.of("--", "-cp", classes(), Service.class.getName()));
        BufferedReader out = run.process().inputReader();
        assertEquals("up", out.readLine());
        new ProcessBuilder("kill", "-INT", Long.toString(run.process().pid()))
                .start()
                .waitFor();
        assertEquals("stopping", out.readLine());
        assertEquals(4, run.exit());
        assertEquals(130, report().run().exitCode());
    }

    @Test
    void outputThatNobodyWantsStopsTheProgramAsItWouldAnyway() throws Exception {
        Started run = start(List.of("--", "-cp", classes(), Flood.class.getName()));
        try (var out = run.process().getInputStream()) {
            assertEquals(100_000_000, out.skip(100_000_000));
        }
        assertEquals(0, run.exit());
        assertEquals(0, report().run().exitCode());
    }

    @Test
    void aChildLeftBehindDoesNotHoldUsUp() throws Exception {
        Started run = start(List.of("--", "-cp", classes(), Parent.class.getName()));
        String child = run.process().inputReader().readLine();
        assertEquals(0, run.exit());
        assertTrue(ProcessHandle.of(Long.parseLong(child)).orElseThrow().destroy(), "the child outlives the run");
    }

    @Test
    void aJvmThatDoesNotStartIsTheCommandLinesFault() throws Exception {
        Started run = start(List.of("--", "-XX:+NoSuchFlag", "-cp", classes(), Echo.class.getName()));
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("NoSuchFlag"), run.err());
        assertTrue(run.err().contains("pmemcheck-j: the JVM did not start"), run.err());
        assertFalse(Files.exists(folder.resolve("reports/report.json")));
    }

    @Test
    void aPathWithBlanksAndAnEqualsSign() throws Exception {
        Path strange = Files.createDirectory(folder.resolve("a b=c"));
        Path copy = Files.copy(Path.of(System.getProperty("pmemcheckj.jar")), strange.resolve("p.jar"));
        Started run = start(copy, List.of("--", "-cp", classes(), Store.class.getName(), folder + "/data"));
        run.exit();
        assertEquals(2, report().summary().stores(), run::err);
    }

    private Report report() throws IOException {
        return JsonReport.read(folder.resolve("reports/report.json"));
    }

    private static String classes() {
        return Path.of("target", "test-classes").toAbsolutePath().toString();
    }

    private Started start(List<String> arguments) throws IOException {
        return start(Path.of(System.getProperty("pmemcheckj.jar")), arguments);
    }

    private Started start(Path jar, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-jar",
                jar.toString(),
                "run",
                "--report-dir",
                folder.resolve("reports").toString()));
        command.addAll(arguments);
        Path err = folder.resolve("err");
        return new Started(
                new ProcessBuilder(command).redirectError(err.toFile()).start(), err);
    }

    private record Started(Process process, Path errFile) {
        int exit() throws InterruptedException {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
            return process.exitValue();
        }

        String out() throws IOException {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        String err() {
            try {
                return Files.readString(errFile);
            } catch (IOException e) {
                return e.toString();
            }
        }
    }
}
