package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubReportTest {
    private static final Checkout CHECKOUT = new Checkout(Path.of("/srv/app"), "store/");

    @Test
    void findingsAreAnnotationsOfTheirLinesWorstFirst() throws Exception {
        List<String> lines = written(Reports.three(), LogSource.SOURCES);
        assertEquals(3, lines.size());
        assertEquals(
                "::error file=store/src/main/java/com/example/store/Log.java,line=42,"
                        + "title=unflushed-store%3A A store is never written back::"
                        + "8 bytes stored here were not flushed when the segment was unmapped%0A"
                        + "at com.example.store.Log.append(Log.java:42)%0A"
                        + "unmapped here: com.example.store.Log.close(Log.java:99)%0A"
                        + "fix: call force(128, 8) after the store",
                lines.get(0));
        assertTrue(lines.get(1).startsWith("::warning file="), lines::toString);
        assertTrue(lines.get(2).startsWith("::notice file="), lines::toString);
    }

    @Test
    void withoutSourceAnAnnotationNamesNoFile() throws Exception {
        String line = written(Reports.three(), Sources.NONE).get(0);
        assertTrue(line.startsWith("::error title=unflushed-store%3A A store"), line);
    }

    @Test
    void whatDoesNotCountIsNoAnnotation() throws Exception {
        assertEquals(1, written(Reports.gated(), Sources.NONE).size());
        assertEquals(List.of(), written(Reports.empty(), Sources.NONE));
    }

    @Test
    void noTextOfTheProgramIsACommandOrAProperty() throws Exception {
        List<String> lines = written(Reports.hostile(), Sources.NONE);
        assertEquals(5, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("::error title=The check cannot be trusted::</script>"), lines.get(0));
        for (String line : lines) {
            assertTrue(line.matches("::(error|notice) title=[^:,]*::.*"), line);
            assertTrue(line.codePoints().noneMatch(Character::isISOControl), line);
        }
        assertTrue(lines.get(1).contains(" a%0Ab%0A\\tc "), lines.get(1));
    }

    @Test
    void percentSignsStayWhatTheyAre() throws Exception {
        Report report = Reports.report(
                List.of(Reports.finding("50%0A,x:y", io.pmemcheckj.findings.Severity.ERROR, Reports.at("append", 42))));
        assertTrue(written(report, Sources.NONE).get(0).startsWith("::error title=50%250A%2Cx%3Ay::"));
    }

    private static List<String> written(Report report, Sources sources) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new GitHubReport().write(report, sources, CHECKOUT, out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
