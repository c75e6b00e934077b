package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.gate.ReportDiff;
import java.util.List;
import tools.jackson.databind.SerializationFeature;

/** The difference between two reports, for people and for programs. */
public final class DiffText {
    private DiffText() {}

    /** A line for each finding that came or went, and one that counts them. */
    public static String text(ReportDiff diff) {
        StringBuilder text = new StringBuilder();
        append(text, "new", diff.added());
        append(text, "suppressed", diff.suppressed());
        append(text, "fixed", diff.fixed());
        return text.append(diff.added().size())
                .append(" new, ")
                .append(diff.fixed().size())
                .append(" fixed, ")
                .append(diff.suppressed().size())
                .append(" suppressed, ")
                .append(diff.unchanged().size())
                .append(" unchanged\n")
                .toString();
    }

    private static void append(StringBuilder text, String what, List<Finding> findings) {
        for (Finding finding : findings) {
            text.append(String.format(
                    "%-11s%-8s%s  %s%n",
                    what,
                    finding.severity().id(),
                    finding.rule(),
                    Printable.of(finding.location().toString())));
        }
    }

    /** An object with the findings under {@code added}, {@code fixed}, {@code suppressed} and {@code unchanged}. */
    public static String json(ReportDiff diff) {
        return JsonReport.MAPPER
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(diff) + "\n";
    }
}
