package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import io.pmemcheckj.gate.Gate;
import io.pmemcheckj.report.GitHubReport;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void findingsArePrintedEvenWhereTheDiskIsFull() throws IOException {
        Path old = Files.writeString(folder.resolve("full.txt"), "the last report");
        assertEquals(ExitCode.UNTRUSTED, outcome(false, List.of(new FullDisk())).of(report(0, List.of()), List.of()));
        assertTrue(printed().contains("unflushed-store"), printed());
        assertTrue(printed().contains("cannot write " + old + ": No space left on device"), printed());
        assertEquals("the last report", Files.readString(old), "a report that is there is not destroyed");
        assertFalse(Files.exists(folder.resolve("full.txt.part")));
    }

    @Test
    void findingsDecideTheExitCode() {
        assertEquals(ExitCode.FINDINGS, outcome(true, List.of()).of(report(7, List.of()), List.of()));
        assertEquals("", printed(), "quiet");
    }

    @Test
    void quietStillSaysWhatWentWrong() {
        assertEquals(ExitCode.UNTRUSTED, outcome(true, List.of()).of(report(0, List.of("a gap")), List.of()));
        assertEquals("pmemcheck-j: the check cannot be trusted: a gap\n", printed());
    }

    @Test
    void annotationsArePrintedAfterTheFindings() throws IOException {
        outcome(false, List.of(new GitHubReport())).of(report(0, List.of()), List.of());
        String commands = Files.readString(folder.resolve("report.github.txt"));
        assertTrue(commands.startsWith("::error title=unflushed-store%3A "), commands);
        assertTrue(printed().contains("verdict: "), printed());
        assertTrue(printed().indexOf(commands) > printed().indexOf("verdict: "), printed());
    }

    @Test
    void annotationsThatWereAskedForArePrintedQuietlyToo() throws IOException {
        outcome(true, List.of(new GitHubReport())).of(report(0, List.of()), List.of());
        assertEquals(Files.readString(folder.resolve("report.github.txt")), printed());
    }

    private Outcome outcome(boolean quiet, List<ReportFormat> formats) {
        Console console =
                new Console(OutputStream.nullOutputStream(), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(
                console,
                ReportFolder.open(folder),
                formats,
                Sources.NONE,
                FailOn.ERROR,
                quiet,
                Gate.open(List.of(), null, null));
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Report report(int exit, List<String> problems) {
        Location location = new Location("a.B", "c", "B.java", 7);
        Finding finding = new Finding(
                "f",
                "unflushed-store",
                Severity.ERROR,
                "8 bytes were never written back",
                "force them",
                1,
                8,
                location,
                List.of(location),
                false,
                new Finding.Range(1, "/data", 0, 8),
                "main",
                List.of());
        return new Report(
                Report.SCHEMA_VERSION,
                new Report.Tool("pmemcheck-j", "1"),
                new Report.Run(List.of("app.jar"), "17", "auto", exit, 1, problems.isEmpty(), problems, List.of()),
                new Report.Summary(1, 0, 0, 0, 1, 1, 16, Map.of("error", 1, "warning", 0, "note", 0), 0, 0, null),
                List.of(new Report.Segment(1, "/data", 4096, "page-cache", false, 8, 8)),
                List.of(finding),
                List.of(),
                null);
    }

    private static final class FullDisk implements ReportFormat {
        @Override
        public String id() {
            return "full";
        }

        @Override
        public String fileName() {
            return "full.txt";
        }

        @Override
        public void write(Report report, Sources sources, OutputStream out) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
