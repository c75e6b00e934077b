package io.pmemcheckj.report;

import io.pmemcheckj.findings.Severity;
import java.util.List;

/** The formats a report can be written in. */
public final class ReportFormats {
    private ReportFormats() {}

    /** All formats, for a check that errors fail. */
    public static List<ReportFormat> all() {
        return all(Severity.ERROR);
    }

    /**
     * All formats.
     *
     * @param failOn from which severity on findings fail the check; null if none does
     */
    public static List<ReportFormat> all(Severity failOn) {
        return List.of(
                new TextReport(),
                new JsonReport(),
                new HtmlReport(),
                new SarifReport(),
                new JUnitReport(failOn),
                new GitHubReport());
    }

    /**
     * The format with this id, for a check that errors fail.
     *
     * @param id as given with {@code --format}
     * @throws UnknownFormatException with a message for the user, if there is no such format
     */
    public static ReportFormat byId(String id) {
        return byId(id, Severity.ERROR);
    }

    /**
     * The format with this id.
     *
     * @param id as given with {@code --format}
     * @param failOn from which severity on findings fail the check; null if none does
     * @throws UnknownFormatException with a message for the user, if there is no such format
     */
    public static ReportFormat byId(String id, Severity failOn) {
        return all(failOn).stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UnknownFormatException(
                        "unknown report format '" + Printable.of(id) + "'; choose from " + String.join(", ", ids())));
    }

    /** The ids of all formats. */
    public static List<String> ids() {
        return all().stream().map(ReportFormat::id).toList();
    }
}
