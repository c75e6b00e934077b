package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.RuleInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report for people in a browser: one page that needs nothing else, neither files nor network.
 *
 * <p>The page, its style and its script are resources beside this class. The report travels as JSON inside the page, and the
 * script builds what the reader opens; so a page with thousands of findings opens at once, and no text of the traced
 * program is ever parsed as markup.
 */
public final class HtmlReport implements ReportFormat {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    @Override
    public String id() {
        return "html";
    }

    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public void write(Report report, Sources sources, OutputStream out) throws IOException {
        Verdict verdict = Verdict.of(report);
        Map<String, String> values = Map.of(
                "style", resource("report.css") + resource("crash.css"),
                "script", resource("crash.js") + resource("report.js"),
                "level", verdict.level().name().toLowerCase(Locale.ROOT),
                "verdict", escape(verdict.sentence()),
                "data", json(Page.of(report)));
        String template = resource("report.html");
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int written = 0;
        while (placeholder.find()) {
            writer.append(template, written, placeholder.start()).append(values.get(placeholder.group(1)));
            written = placeholder.end();
        }
        writer.append(template, written, template.length()).flush();
    }

    /** JSON that can stand in a script element: no {@code <} can end the element or start a comment. */
    private static String json(Page page) {
        return JsonReport.MAPPER.writeValueAsString(page).replace("<", "\\u003c");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build of pmemcheck-j lacks the page resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the script of the page gets. */
    private record Page(
            Report.Tool tool,
            Report.Run run,
            Report.Summary summary,
            List<Report.Segment> segments,
            List<Report.Checkpoint> checkpoints,
            Explored exploration,
            List<Group> groups) {
        static Page of(Report report) {
            return new Page(
                    report.tool(),
                    report.run(),
                    report.summary(),
                    report.segments(),
                    report.checkpoints(),
                    report.exploration() == null ? null : Explored.of(report.exploration()),
                    RuleGroup.of(report.findings()).stream().map(Group::of).toList());
        }
    }

    /** @param seed as text: a script has no number that holds every long */
    private record Explored(Report.Exploration facts, String seed, Coverage coverage) {
        static Explored of(Report.Exploration exploration) {
            return new Explored(exploration, Long.toString(exploration.seed()), Coverage.of(exploration));
        }
    }

    /**
     * A rule with its texts and findings, ready to show.
     *
     * @param info null for a rule of another version, read from its report
     */
    private record Group(String rule, String severity, Info info, List<Finding> findings) {
        static Group of(RuleGroup group) {
            Optional<Info> info = RuleCatalogue.load().find(group.rule()).map(Info::of);
            return new Group(group.rule(), group.severity().id(), info.orElse(null), group.findings());
        }
    }

    private record Info(
            String title, List<String> what, List<String> why, List<String> fix, String buggy, String fixed) {
        static Info of(RuleInfo rule) {
            return new Info(
                    rule.title(),
                    RuleInfo.paragraphs(rule.what()),
                    RuleInfo.paragraphs(rule.why()),
                    RuleInfo.paragraphs(rule.fix()),
                    rule.example().buggy(),
                    rule.example().fixed());
        }
    }
}
