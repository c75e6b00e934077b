package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The report for people at a terminal: every place as {@code Class.method(File.java:line)}, which consoles of IDEs turn
 * into links, and as {@code path/File.java:line}, which other terminals do; then a summary, and the verdict as the last line.
 */
public final class TextReport implements ReportFormat {
    private static final int DEFAULT_FINDINGS_PER_RULE = 20;
    private static final int FRAMES = 5;

    private final boolean colour;
    private final int findingsPerRule;

    /** Without colour. */
    public TextReport() {
        this(false);
    }

    /** @param colour whether to mark severities with ANSI colours */
    public TextReport(boolean colour) {
        this(colour, DEFAULT_FINDINGS_PER_RULE);
    }

    /**
     * @param colour whether to mark severities with ANSI colours
     * @param findingsPerRule how many findings of one rule to print; the others are only counted
     */
    public TextReport(boolean colour, int findingsPerRule) {
        this.colour = colour;
        this.findingsPerRule = findingsPerRule;
    }

    @Override
    public String id() {
        return "text";
    }

    @Override
    public String fileName() {
        return "report.txt";
    }

    @Override
    public boolean isForConsole() {
        return true;
    }

    @Override
    public void write(Report report, Sources sources, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder();
        RuleGroup.of(report.findings()).forEach(group -> appendGroup(text, group, sources));
        appendSummary(text, report);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.append(text).flush();
    }

    /** One finding, as the report has it, and a blank line. */
    public static String text(Finding finding, Sources sources) {
        StringBuilder text = new StringBuilder();
        new TextReport().appendFinding(text, finding, sources);
        return text.toString();
    }

    private void appendGroup(StringBuilder text, RuleGroup group, Sources sources) {
        List<Finding> findings = group.findings();
        findings.stream().limit(findingsPerRule).forEach(finding -> appendFinding(text, finding, sources));
        int more = findings.size() - findingsPerRule;
        if (more > 0) {
            text.append("... ").append(Wording.count(more, "more finding")).append(" of ");
            text.append(Printable.of(group.rule())).append("; report.json and report.html have them all\n\n");
        }
    }

    private void appendFinding(StringBuilder text, Finding finding, Sources sources) {
        text.append(painted(finding.severity()))
                .append(' ')
                .append(Printable.of(finding.rule()))
                .append("  ")
                .append(place(finding.location()))
                .append("  ")
                .append(extent(finding))
                .append('\n');
        line(text, "source: ", source(finding.location(), sources));
        line(text, "", finding.message());
        line(text, "fix: ", finding.fix());
        if (finding.segment() != null) {
            Finding.Range range = finding.segment();
            line(text, "in: ", range.path() + ", offset " + range.offset() + ", length " + range.length());
        }
        line(text, "thread: ", finding.thread());
        if (finding.crash() == null) {
            for (Finding.Related related : finding.related()) {
                String source = source(related.location(), sources);
                line(text, related.role() + ": ", related.location() + (source.isEmpty() ? "" : "  " + source));
            }
        } else { // the stores of the state are the related places, and more is known of them
            CrashText.of(finding.crash()).forEach(crash -> line(text, "", crash));
        }
        appendStack(text, finding);
        text.append('\n');
    }

    private static String extent(Finding finding) {
        String times = Wording.times(finding.occurrences());
        return finding.bytes() == 0 ? times : Wording.count(finding.bytes(), "byte") + ", " + times;
    }

    /** The JDK's frames below the location are the same for every such store; the page and report.json have them. */
    private static List<Location> fromLocation(Finding finding) {
        List<Location> stack = finding.stack();
        int at = stack.indexOf(finding.location());
        return at < 0 ? stack : stack.subList(at, stack.size());
    }

    private static void appendStack(StringBuilder text, Finding finding) {
        List<Location> stack = fromLocation(finding);
        if (stack.isEmpty()) {
            return;
        }
        line(text, "", finding.stackIsSample() ? "stack of one occurrence:" : "stack:");
        stack.stream().limit(FRAMES).forEach(frame -> line(text, "  at ", frame.toString()));
        if (stack.size() > FRAMES) {
            line(text, "  ... ", Wording.count(stack.size() - FRAMES, "more frame"));
        }
    }

    private void appendSummary(StringBuilder text, Report report) {
        Report.Summary summary = report.summary();
        text.append("traced: ")
                .append(Wording.count(summary.stores(), "store"))
                .append(", ")
                .append(
                        summary.flushes() == 1
                                ? "1 flush"
                                : String.format(Locale.ROOT, "%,d flushes", summary.flushes()))
                .append(", ")
                .append(Wording.count(summary.fences(), "fence"))
                .append(", ")
                .append(Wording.count(summary.transactions(), "transaction"))
                .append(" by ")
                .append(Wording.count(summary.threads(), "thread"))
                .append('\n');
        for (Report.Segment segment : report.segments()) {
            appendSegment(text, segment);
        }
        if (!report.run().libraries().isEmpty()) {
            text.append("libraries: ")
                    .append(Printable.of(Wording.libraries(report.run().libraries())))
                    .append('\n');
        }
        if (summary.audit() != null) {
            appendAudit(text, summary.audit());
        }
        for (Report.Checkpoint checkpoint : report.checkpoints()) {
            text.append("checkpoint ").append(Printable.of(checkpoint.label())).append(": ");
            text.append(Wording.count(checkpoint.unpersistedBytes(), "byte")).append(" of ");
            text.append(Wording.count(checkpoint.unpersistedStores(), "store")).append(" not persistent\n");
        }
        appendLeftOut(text, summary);
        appendGate(text, report.gate());
        if (report.exploration() != null) {
            appendExploration(text, report.exploration());
        }
        if (report.flight() != null) {
            FlightText.of(report.flight())
                    .forEach(line -> text.append(Printable.of(line)).append('\n'));
        }
        if (report.run().exitCode() != null && report.run().exitCode() != 0) {
            text.append("the program exited with ")
                    .append(report.run().exitCode())
                    .append('\n');
        }
        for (String problem : report.run().problems()) {
            text.append("problem: ").append(Printable.of(problem)).append('\n');
        }
        text.append("verdict: ").append(Verdict.of(report).sentence()).append('\n');
    }

    private static void appendSegment(StringBuilder text, Report.Segment segment) {
        text.append("segment ").append(segment.id()).append(": ").append(Printable.of(segment.path()));
        text.append(", ").append(Wording.size(segment.size()));
        text.append(" (").append(Printable.of(segment.domain())).append("): ");
        text.append(Wording.count(segment.storedBytes(), "byte")).append(" stored, ");
        text.append(String.format(Locale.ROOT, "%,d", segment.unpersistedBytes()))
                .append(" not persistent\n");
    }

    private static void appendAudit(StringBuilder text, Report.Audit audit) {
        text.append("audit: ").append(Wording.audit(audit)).append('\n');
    }

    private static void appendExploration(StringBuilder text, Report.Exploration exploration) {
        text.append("crash states: ")
                .append(Wording.number(exploration.checked()))
                .append(" checked, ")
                .append(Wording.number(exploration.inconsistent()))
                .append(" inconsistent, ")
                .append(
                        exploration.duplicates() == 0
                                ? ""
                                : Wording.number(exploration.duplicates()) + " more of the same content, ")
                .append("in ")
                .append(Wording.duration(exploration.durationMs()))
                .append('\n');
        text.append("  explored: ")
                .append(Wording.number(exploration.exploredPoints()))
                .append(" of ")
                .append(Wording.count(exploration.failurePoints(), "failure point"))
                .append(", ")
                .append(Printable.of(exploration.failure()))
                .append(" failure, engine ")
                .append(Printable.of(exploration.engine()))
                .append(", seed ")
                .append(exploration.seed())
                .append('\n');
        text.append("  check: ").append(Printable.of(exploration.check())).append('\n');
        text.append("  coverage: ")
                .append(Printable.of(Coverage.of(exploration).sentence()))
                .append('\n');
        for (String part : exploration.notCovered()) {
            text.append("  not covered: ").append(Printable.of(part)).append('\n');
        }
    }

    private static void appendLeftOut(StringBuilder text, Report.Summary summary) {
        if (summary.suppressed() > 0 || summary.baselined() > 0) {
            text.append("left out: ").append(Wording.count(summary.suppressed(), "suppressed finding"));
            text.append(", ")
                    .append(Wording.count(summary.baselined(), "finding"))
                    .append(" of the baseline\n");
        }
    }

    /** {@code src/main/java/com/example/Log.java:42}, which editors open; empty where the source is not found. */
    private static String source(Location location, Sources sources) {
        return sources.find(location)
                .map(file -> file.path() + (location.line() > 0 ? ":" + location.line() : ""))
                .orElse("");
    }

    /** What has to be taken out of the suppressions and the baseline, or they would cover what comes later. */
    private static void appendGate(StringBuilder text, Report.Gate gate) {
        if (gate == null) {
            return;
        }
        for (String expired : gate.expiredSuppressions()) {
            text.append("expired: ").append(Printable.of(expired)).append('\n');
        }
        for (String unused : gate.unusedSuppressions()) {
            text.append("unused: ").append(Printable.of(unused)).append('\n');
        }
        if (gate.fixed() > 0) {
            text.append("gone: ")
                    .append(Wording.count(gate.fixed(), "finding"))
                    .append(" of the baseline; write it anew to keep them from coming back\n");
        }
    }

    private static String place(Location location) {
        return Printable.of(location.toString());
    }

    /** Writes an indented line, or nothing where the report has no value. */
    private static void line(StringBuilder text, String label, String value) {
        if (value != null && !value.isEmpty()) {
            text.append("    ")
                    .append(Printable.of(label))
                    .append(Printable.of(value))
                    .append('\n');
        }
    }

    private String painted(Severity severity) {
        String word = severity.name();
        if (!colour) {
            return word;
        }
        int code = switch (severity) {
            case ERROR -> 31;
            case WARNING -> 33;
            case NOTE -> 36;
        };
        return "\u001b[1;" + code + "m" + word + "\u001b[0m";
    }
}
