package io.pmemcheckj.cli;

import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.ReportFormats;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@code --format} names. */
final class Formats {
    private Formats() {}

    /** @throws CommandException for a format that there is not */
    static List<ReportFormat> parse(List<String> ids, FailOn threshold) {
        ids.forEach(id -> Choice.of("--format", id, ReportFormats.ids()));
        return ids.stream()
                .distinct()
                .map(id -> ReportFormats.byId(id, threshold.severity()))
                .toList();
    }

    /** The formats that a check writes to its report folder: those that are always there, and those asked for. */
    static List<ReportFormat> ofCheck(List<String> asked, FailOn threshold) {
        Set<String> ids = new LinkedHashSet<>(List.of("json", "html"));
        ids.addAll(asked);
        return parse(List.copyOf(ids), threshold);
    }
}
