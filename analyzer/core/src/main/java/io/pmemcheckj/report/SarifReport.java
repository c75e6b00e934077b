package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Finding.Suppression;
import io.pmemcheckj.findings.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report for code hosts and editors that show findings beside the code: SARIF 2.1.0, within the limits of GitHub's code
 * scanning. Findings that do not count are in it, marked as suppressed.
 */
public final class SarifReport implements ReportFormat {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String HOME = "https://central.sonatype.com/namespace/io.pmemcheckj";

    /** GitHub refuses a file with more. */
    private static final int MOST_RESULTS = 25_000;

    @Override
    public String id() {
        return "sarif";
    }

    @Override
    public String fileName() {
        return "report.sarif";
    }

    @Override
    public void write(Report report, Sources sources, OutputStream out) throws IOException {
        write(report, sources, Checkout.of(Path.of("")), out);
    }

    void write(Report report, Sources sources, Checkout checkout, OutputStream out) throws IOException {
        ObjectNode log = JsonReport.MAPPER.createObjectNode();
        log.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        SarifRules rules = new SarifRules(all(report));
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", report.tool().name());
        driver.put("version", report.tool().version());
        driver.put("informationUri", HOME);
        rules.writeTo(driver.putArray("rules"));
        run.putArray("invocations").add(invocation(report));
        run.putObject("originalUriBaseIds")
                .putObject(SarifLocations.ROOT)
                .put("uri", checkout.uri().toString());
        run.put("columnKind", "utf16CodeUnits");
        SarifResults results = new SarifResults(rules, new SarifLocations(sources, checkout), hasBaseline(report));
        ArrayNode array = run.putArray("results");
        mostImportant(report).forEach(finding -> array.add(results.result(finding)));
        JsonReport.write(log, out);
    }

    private static Stream<Finding> all(Report report) {
        return Stream.concat(report.findings().stream(), report.suppressed().stream());
    }

    /** What counts comes first, the worst first. */
    private static List<Finding> mostImportant(Report report) {
        return Stream.concat(
                        report.findings().stream().sorted(Comparator.comparing(Finding::severity)),
                        report.suppressed().stream())
                .limit(MOST_RESULTS)
                .toList();
    }

    private static boolean hasBaseline(Report report) {
        return report.gate() != null && report.gate().fixed() > 0
                || report.suppressed().stream()
                        .map(Finding::suppression)
                        .anyMatch(reason -> reason != null && Suppression.BASELINE.equals(reason.kind()));
    }

    private static ObjectNode invocation(Report report) {
        Report.Run facts = report.run();
        ObjectNode invocation = JsonReport.MAPPER.createObjectNode();
        ArrayNode arguments = invocation.putArray("arguments");
        facts.command().forEach(arguments::add);
        if (facts.exitCode() != null) {
            invocation.put("exitCode", facts.exitCode());
            invocation.put("exitCodeDescription", "exit code of the program that was checked");
        }
        invocation.put(
                "executionSuccessful", facts.complete() && facts.problems().isEmpty());
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        facts.problems().forEach(problem -> notify(notifications, "error", problem));
        long left = all(report).count() - MOST_RESULTS;
        if (left > 0) {
            notify(notifications, "warning", Wording.count(left, "finding") + " more than viewers take, left out");
        }
        return invocation;
    }

    private static void notify(ArrayNode notifications, String level, String text) {
        notifications.addObject().put("level", level).putObject("message").put("text", SarifText.of(text));
    }
}
