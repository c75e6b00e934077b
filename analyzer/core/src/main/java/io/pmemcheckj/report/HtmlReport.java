package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.RuleInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The report for people in a browser: one page that needs nothing else, neither files nor network.
 *
 * <p>The page, its style and its script are resources beside this class. The report travels as JSON inside the page, and the
 * script builds what the reader opens; so a page with thousands of findings opens at once, and no text of the traced
 * program is ever parsed as markup.
 */
public final class HtmlReport implements ReportFormat {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    /** Each uses those before it. */
    private static final List<String> SCRIPTS = List.of("kit", "timeline", "crash", "flight", "finding", "report");

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
                "script", script(),
                "level", verdict.level().name().toLowerCase(Locale.ROOT),
                "verdict", escape(verdict.sentence()),
                "data", json(report, sources));
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

    private static String script() throws IOException {
        StringBuilder script = new StringBuilder();
        for (String part : SCRIPTS) {
            script.append(resource(part + ".js"));
        }
        return script.toString();
    }

    /** JSON that can stand in a script element: no {@code <} can end the element or start a comment. */
    private static String json(Report report, Sources sources) {
        PagePlaces places = new PagePlaces(sources);
        places.add(report.findings());
        places.add(report.suppressed());
        if (report.flight() != null) {
            places.add(report.flight());
        }
        return places.mapper().writeValueAsString(Page.of(report, places)).replace("<", "\\u003c");
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

    /**
     * What the script of the page gets.
     *
     * @param rules by id, in the order of reports; those of the findings
     * @param places by number, as the findings name them
     * @param files by number, as the places name them
     */
    private record Page(
            Report.Tool tool,
            Report.Run run,
            Report.Summary summary,
            List<Report.Segment> segments,
            List<Report.Checkpoint> checkpoints,
            Explored exploration,
            Map<String, Info> rules,
            List<Finding> findings,
            List<Finding> suppressed,
            Report.Gate gate,
            Flight flight,
            List<PagePlaces.Place> places,
            List<PagePlaces.File> files) {
        static Page of(Report report, PagePlaces places) {
            return new Page(
                    report.tool(),
                    report.run(),
                    report.summary(),
                    report.segments(),
                    report.checkpoints(),
                    report.exploration() == null ? null : Explored.of(report.exploration()),
                    rules(report),
                    RuleGroup.of(report.findings()).stream()
                            .flatMap(group -> group.findings().stream())
                            .toList(),
                    report.suppressed(),
                    report.gate(),
                    report.flight(),
                    places.places(),
                    places.files());
        }

        /** Without those of another version, read from its report. */
        private static Map<String, Info> rules(Report report) {
            Map<String, Info> rules = new LinkedHashMap<>();
            Stream.concat(report.findings().stream(), report.suppressed().stream())
                    .map(Finding::rule)
                    .distinct()
                    .forEach(rule -> RuleCatalogue.load().find(rule).ifPresent(info -> rules.put(rule, Info.of(info))));
            return rules;
        }
    }

    /** @param seed as text: a script has no number that holds every long */
    private record Explored(Report.Exploration facts, String seed, Coverage coverage) {
        static Explored of(Report.Exploration exploration) {
            return new Explored(exploration, Long.toString(exploration.seed()), Coverage.of(exploration));
        }
    }

    private record Info(
            String title,
            boolean cost,
            List<String> what,
            List<String> why,
            List<String> fix,
            String buggy,
            String fixed) {
        static Info of(RuleInfo rule) {
            return new Info(
                    rule.title(),
                    rule.isCost(),
                    RuleInfo.paragraphs(rule.what()),
                    RuleInfo.paragraphs(rule.why()),
                    RuleInfo.paragraphs(rule.fix()),
                    rule.example().buggy(),
                    rule.example().fixed());
        }
    }
}
