package io.pmemcheckj.cli;

import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.ReportFormats;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@code --format} names. */
final class Formats {
    private static final List<String> AVAILABLE = List.of("text", "json", "html");
    private static final List<String> LATER = List.of("sarif", "junit", "github");

    private Formats() {}

    /** @throws CommandException for a format that there is not */
    static List<ReportFormat> parse(List<String> ids) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String id : ids) {
            if (LATER.contains(id)) {
                throw CommandException.usage("--format: format " + id + " is not available in this version");
            }
            Choice.of("--format", id, AVAILABLE);
            wanted.add(id);
        }
        return wanted.stream().map(ReportFormats::byId).toList();
    }

    /** The formats that a check writes to its report folder: those that are always there, and those asked for. */
    static List<ReportFormat> ofCheck(List<String> asked) {
        Set<String> ids = new LinkedHashSet<>(List.of("json", "html"));
        ids.addAll(asked);
        return parse(List.copyOf(ids));
    }
}
