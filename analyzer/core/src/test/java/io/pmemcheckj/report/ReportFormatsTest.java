package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFormatsTest {

    @Test
    void everyFormatIsFoundByItsId() {
        for (ReportFormat format : ReportFormats.all()) {
            assertSame(format, ReportFormats.byId(format.id()));
        }
        assertEquals(
                List.of("report.txt", "report.json", "report.html"),
                ReportFormats.all().stream().map(ReportFormat::fileName).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sarif", "junit", "github"})
    void aFormatOfALaterVersionSaysSo(String id) {
        var failure = assertThrows(UnknownFormatException.class, () -> ReportFormats.byId(id));
        assertEquals(
                "this version does not write the report format '" + id + "' yet; choose from text, json, html",
                failure.getMessage());
    }

    @Test
    void anUnknownFormatIsNamedOnOneLine() {
        var failure = assertThrows(UnknownFormatException.class, () -> ReportFormats.byId("pd\nf"));
        assertEquals("unknown report format 'pd\\nf'; choose from text, json, html", failure.getMessage());
    }
}
