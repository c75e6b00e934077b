package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.RuleInfo;
import io.pmemcheckj.findings.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The report for GitHub Actions: workflow commands, which become annotations of the pull request where a step prints them.
 * GitHub shows the first ten of each level, so the worst come first.
 */
public final class GitHubReport implements ReportFormat {

    @Override
    public String id() {
        return "github";
    }

    @Override
    public String fileName() {
        return "report.github.txt";
    }

    @Override
    public boolean isForConsole() {
        return true;
    }

    @Override
    public void write(Report report, Sources sources, OutputStream out) throws IOException {
        write(report, sources, Checkout.of(Path.of("")), out);
    }

    void write(Report report, Sources sources, Checkout checkout, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String problem : report.run().problems()) {
            command(text, "error", Map.of("title", "The check cannot be trusted"), problem);
        }
        for (RuleGroup group : RuleGroup.of(report.findings())) {
            for (Finding finding : group.findings()) {
                command(text, level(finding.severity()), properties(finding, sources, checkout), message(finding));
            }
        }
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.append(text).flush();
    }

    private static String level(Severity severity) {
        return severity == Severity.NOTE ? "notice" : severity.id();
    }

    /** In the order in which GitHub documents them. A file that is not in the repository is no place for an annotation. */
    private static Map<String, String> properties(Finding finding, Sources sources, Checkout checkout) {
        Map<String, String> properties = new LinkedHashMap<>();
        Location place = finding.location();
        sources.find(place).flatMap(checkout::path).ifPresent(file -> {
            properties.put("file", file);
            if (place.line() > 0) {
                properties.put("line", Integer.toString(place.line()));
            }
        });
        String rule = finding.rule();
        properties.put(
                "title",
                RuleCatalogue.load()
                        .find(rule)
                        .map(RuleInfo::title)
                        .map(title -> rule + ": " + title)
                        .orElse(rule));
        return properties;
    }

    private static String message(Finding finding) {
        StringBuilder text = new StringBuilder();
        text.append(finding.message()).append("\nat ").append(finding.location());
        finding.related()
                .forEach(related ->
                        text.append('\n').append(related.role()).append(": ").append(related.location()));
        if (finding.fix() != null && !finding.fix().isEmpty()) {
            text.append("\nfix: ").append(finding.fix());
        }
        return text.toString();
    }

    private static void command(StringBuilder text, String name, Map<String, String> properties, String message) {
        text.append("::").append(name).append(' ');
        text.append(properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + escapedProperty(property.getValue()))
                .collect(Collectors.joining(",")));
        text.append("::").append(escaped(message)).append('\n');
    }

    private static String escapedProperty(String value) {
        return escaped(value).replace(":", "%3A").replace(",", "%2C");
    }

    /** Line breaks are kept; what else a terminal would obey is not. */
    private static String escaped(String value) {
        return value.lines()
                .map(Printable::of)
                .map(line -> line.replace("%", "%25"))
                .collect(Collectors.joining("%0A"));
    }
}
