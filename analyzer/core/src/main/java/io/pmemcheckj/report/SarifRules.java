package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.RuleInfo;
import io.pmemcheckj.findings.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules in SARIF's terms. All of the catalogue are there, whatever was found: those who follow alerts over many runs
 * expect them not to change.
 */
final class SarifRules {
    /** What GitHub takes. */
    private static final int MOST_DESCRIPTION = 1_024;

    /** Inferred from what a program usually does; the others are facts of the run. */
    private static final Set<String> INFERRED = Set.of("suspicious-order");

    private final List<String> ids = new ArrayList<>(RuleCatalogue.load().ids());

    /** The catalogue, and rules of another version that a report read from a file may have. */
    SarifRules(Stream<Finding> findings) {
        findings.map(Finding::rule)
                .distinct()
                .filter(rule -> !ids.contains(rule))
                .forEach(ids::add);
    }

    int indexOf(String rule) {
        return ids.indexOf(rule);
    }

    void writeTo(ArrayNode rules) {
        for (String id : ids) {
            ObjectNode rule = rules.addObject().put("id", id);
            RuleCatalogue.load().find(id).ifPresentOrElse(info -> describe(rule, info), () -> describe(rule, id));
        }
    }

    private static void describe(ObjectNode rule, RuleInfo info) {
        rule.putObject("shortDescription").put("text", info.title());
        rule.putObject("fullDescription").put("text", cut(String.join(" ", RuleInfo.paragraphs(info.what()))));
        rule.putObject("help").put("text", RuleText.of(info)).put("markdown", markdown(info));
        rule.putObject("defaultConfiguration")
                .put("level", info.severity().id())
                .put("enabled", info.enabledByDefault());
        ObjectNode properties = rule.putObject("properties");
        properties.putArray("tags").add("persistence").add(info.isCost() ? "performance" : "reliability");
        properties.put("precision", INFERRED.contains(info.id()) ? "medium" : "high");
        properties.put(
                "problem.severity",
                info.severity() == Severity.NOTE
                        ? "recommendation"
                        : info.severity().id());
    }

    private static void describe(ObjectNode rule, String id) {
        for (String text : List.of("shortDescription", "fullDescription", "help")) {
            rule.putObject(text).put("text", id + ": a rule of another version of pmemcheck-j");
        }
    }

    private static String markdown(RuleInfo info) {
        return "## What it finds\n\n" + prose(info.what())
                + "## Why it matters\n\n" + prose(info.why())
                + "## How to fix it\n\n" + prose(info.fix())
                + "### Buggy\n\n" + code(info.example().buggy())
                + "### Fixed\n\n" + code(info.example().fixed());
    }

    private static String prose(String text) {
        return String.join("\n\n", RuleInfo.paragraphs(text)) + "\n\n";
    }

    private static String code(String code) {
        return "```java\n" + code.stripTrailing() + "\n```\n\n";
    }

    private static String cut(String text) {
        return text.length() <= MOST_DESCRIPTION ? text : text.substring(0, MOST_DESCRIPTION - 4) + " ...";
    }
}
