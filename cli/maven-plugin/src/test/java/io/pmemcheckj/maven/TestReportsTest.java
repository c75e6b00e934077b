package io.pmemcheckj.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests ran, and which traces may be theirs; times are in seconds from some moment. */
class TestReportsTest {
    private static final Instant ZERO = Instant.ofEpochSecond(1_000_000);

    @TempDir
    Path build;

    private TraceFolder traces;

    @BeforeEach
    void prepare() throws Exception {
        traces = new TraceFolder(build.resolve("pmemcheck-j/traces"));
        traces.empty();
    }

    @Test
    void failsafeWithoutTheAgentShowsBesideSurefireWithIt() throws Exception {
        report("surefire-reports/TEST-a.xml", 10);
        report("surefire-reports/TEST-b.xml", 20);
        report("failsafe-reports/TEST-c.xml", 30);
        trace(1, 8, 21);
        assertEquals(List.of("failsafe-reports"), untraced(0));
        trace(2, 29, 31);
        assertEquals(List.of(), untraced(0));
    }

    @Test
    void surefireWithoutTheAgentShowsBesideFailsafeWithIt() throws Exception {
        report("surefire-reports/a.txt", 10);
        report("failsafe-reports/TEST-c.xml", 30);
        trace(1, 25, 31);
        assertEquals(List.of("surefire-reports"), untraced(0));
    }

    @Test
    void whatAnEarlierBuildReportedDoesNotCount() throws Exception {
        report("surefire-reports/TEST-a.xml", 10);
        assertEquals(List.of("surefire-reports"), untraced(9));
        assertEquals(List.of(), untraced(11));
    }

    @Test
    void aTraceIsKeptForEachForkOfAProcessId() throws Exception {
        trace(7, 10, 11);
        trace(7, 20, 21);
        assertEquals(2, traces.traces().size());
        Files.createFile(traces.folder().resolve("7-3.trace.ring"));
        assertEquals(1, traces.rings().size());
        traces.empty();
        assertTrue(traces.traces().isEmpty() && traces.rings().isEmpty());
        assertFalse(TestReports.below(build.resolve("none"), Instant.EPOCH)
                .iterator()
                .hasNext());
    }

    private List<String> untraced(int since) throws Exception {
        List<String> untraced = new ArrayList<>();
        List<TraceFolder.Trace> all = traces.traces();
        for (TestReports reports : TestReports.below(build, ZERO.plusSeconds(since))) {
            if (all.stream().noneMatch(reports::mayComeFrom)) {
                untraced.add(reports.folder().getFileName().toString());
            }
        }
        return untraced;
    }

    private void report(String name, int written) throws IOException {
        file(build.resolve(name), written);
    }

    private void trace(int pid, int start, int end) throws IOException {
        long millis = ZERO.plusSeconds(start).toEpochMilli();
        file(traces.folder().resolve(pid + "-" + millis + ".trace"), end);
    }

    private static void file(Path file, int written) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(ZERO.plusSeconds(written)));
    }
}
