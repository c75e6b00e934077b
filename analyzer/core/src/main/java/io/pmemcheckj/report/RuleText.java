package io.pmemcheckj.report;

import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.RuleInfo;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The rule catalogue as text for a terminal, at most {@value #WIDTH} columns wide. */
public final class RuleText {
    private static final int WIDTH = 96;
    private static final String INDENT = "  ";

    private RuleText() {}

    /**
     * One rule: what it finds, why it matters, how to fix it, and an example.
     *
     * @return lines, the last one ended
     */
    public static String of(RuleInfo rule) {
        StringBuilder text = new StringBuilder();
        text.append(rule.id()).append(" (").append(rule.severity().id()).append(")\n");
        text.append(rule.title()).append('\n');
        String status = status(rule);
        if (!status.isEmpty()) {
            text.append("This rule is ").append(status).append(".\n");
        }
        section(text, "What it finds", prose(rule.what()));
        section(text, "Why it matters", prose(rule.why()));
        section(text, "How to fix it", prose(rule.fix()));
        section(text, "Buggy", code(rule.example().buggy()));
        section(text, "Fixed", code(rule.example().fixed()));
        return text.toString();
    }

    /**
     * All rules, a line each: id, severity, title, and a mark on those that do not run by default.
     *
     * @return lines, the last one ended
     */
    public static String table(RuleCatalogue catalogue) {
        int idWidth = catalogue.ids().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (RuleInfo rule : catalogue.rules()) {
            String status = status(rule);
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + idWidth + "s  %-7s  %s%s\n",
                    rule.id(),
                    rule.severity().id(),
                    rule.title(),
                    status.isEmpty() ? "" : " [" + status + "]"));
        }
        return text.toString();
    }

    private static String status(RuleInfo rule) {
        return rule.enabledByDefault() ? "" : "off by default";
    }

    private static void section(StringBuilder text, String title, String body) {
        text.append('\n').append(title).append('\n').append(body);
    }

    private static String prose(String text) {
        StringBuilder body = new StringBuilder();
        for (String paragraph : RuleInfo.paragraphs(text)) {
            body.append(body.isEmpty() ? "" : "\n").append(wrap(paragraph));
        }
        return body.toString();
    }

    private static String code(String code) {
        return eachLine(code, line -> line.isEmpty() ? "" : INDENT + INDENT + line);
    }

    private static String wrap(String paragraph) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ")) {
            if (!line.isEmpty() && INDENT.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return eachLine(lines.append(line).toString(), text -> INDENT + text);
    }

    private static String eachLine(String text, UnaryOperator<String> change) {
        StringBuilder changed = new StringBuilder();
        text.lines().forEach(line -> changed.append(change.apply(line)).append('\n'));
        return changed.toString();
    }
}
