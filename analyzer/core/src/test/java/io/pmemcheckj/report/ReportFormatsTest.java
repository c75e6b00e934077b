package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportFormatsTest {

    @Test
    void everyFormatIsFoundByItsId() {
        for (ReportFormat format : ReportFormats.all()) {
            assertSame(format.getClass(), ReportFormats.byId(format.id()).getClass());
        }
        assertEquals(
                List.of(
                        "report.txt",
                        "report.json",
                        "report.html",
                        "report.sarif",
                        "report-junit.xml",
                        "report.github.txt"),
                ReportFormats.all().stream().map(ReportFormat::fileName).toList());
    }

    @Test
    void anUnknownFormatIsNamedOnOneLine() {
        var failure = assertThrows(UnknownFormatException.class, () -> ReportFormats.byId("pd\nf"));
        assertEquals(
                "unknown report format 'pd\\nf'; choose from text, json, html, sarif, junit, github",
                failure.getMessage());
    }
}
