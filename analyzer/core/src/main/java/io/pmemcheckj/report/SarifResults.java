package io.pmemcheckj.report;

import io.pmemcheckj.findings.CrashState;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Finding.Suppression;
import io.pmemcheckj.findings.Location;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Findings in SARIF's terms. */
final class SarifResults {
    /** What GitHub and most viewers show of one result. */
    private static final int MOST_RELATED = 10;

    private static final int MOST_STEPS = 100;
    private static final int MOST_FRAMES = 100;

    private final SarifRules rules;
    private final SarifLocations locations;
    private final boolean hasBaseline;

    /** @param hasBaseline whether findings were held against those of a baseline */
    SarifResults(SarifRules rules, SarifLocations locations, boolean hasBaseline) {
        this.rules = rules;
        this.locations = locations;
        this.hasBaseline = hasBaseline;
    }

    ObjectNode result(Finding finding) {
        ObjectNode result = JsonReport.MAPPER.createObjectNode();
        result.put("ruleId", finding.rule());
        result.put("ruleIndex", rules.indexOf(finding.rule()));
        result.put("level", finding.severity().id());
        result.putObject("message").put("text", message(finding));
        result.putArray("locations").add(locations.primary(finding));
        result.put("occurrenceCount", finding.occurrences());
        // The first is the one that GitHub follows alerts by.
        result.putObject("partialFingerprints")
                .put("primaryLocationLineHash", finding.fingerprint())
                .put("pmemcheckj/v1", finding.fingerprint());
        addRelated(result, finding);
        addStack(result, finding);
        addFlow(result, finding);
        addSuppression(result, finding.suppression());
        if (hasBaseline) {
            result.put("baselineState", isOfBaseline(finding) ? "unchanged" : "new");
        }
        addProperties(result.putObject("properties"), finding);
        return result;
    }

    private static boolean isOfBaseline(Finding finding) {
        return finding.suppression() != null
                && Suppression.BASELINE.equals(finding.suppression().kind());
    }

    /** The first line is what fits in a list of alerts. */
    private static String message(Finding finding) {
        StringBuilder text = new StringBuilder(SarifText.of(present(finding.message(), finding.rule())));
        if (finding.fix() != null && !finding.fix().isEmpty()) {
            text.append("\nFix: ").append(SarifText.of(finding.fix()));
        }
        int id = 1;
        for (Finding.Related related : shown(finding)) {
            text.append('\n').append(SarifText.of(related.role())).append(": ");
            text.append(SarifText.link(related.location().toString(), id++));
        }
        return text.toString();
    }

    /** Without places that are not known: GitHub refuses locations without a file. */
    private static List<Finding.Related> shown(Finding finding) {
        return finding.related().stream()
                .filter(related -> isKnown(related.location()))
                .limit(MOST_RELATED)
                .toList();
    }

    private static boolean isKnown(Location place) {
        return place.className() != null;
    }

    private void addRelated(ObjectNode result, Finding finding) {
        ArrayNode related = JsonReport.MAPPER.createArrayNode();
        for (Finding.Related other : shown(finding)) {
            related.add(locations.of(other.location(), other.role()).put("id", related.size() + 1));
        }
        if (!related.isEmpty()) {
            result.set("relatedLocations", related);
        }
    }

    private void addStack(ObjectNode result, Finding finding) {
        List<Location> frames = finding.stack().stream()
                .filter(SarifResults::isKnown)
                .limit(MOST_FRAMES)
                .toList();
        if (frames.isEmpty()) {
            return;
        }
        ObjectNode stack = result.putArray("stacks").addObject();
        stack.putObject("message").put("text", finding.stackIsSample() ? "stack of one occurrence" : "stack");
        ArrayNode array = stack.putArray("frames");
        frames.forEach(frame -> array.addObject().set("location", locations.of(frame)));
    }

    /** What led to the finding, in order. Viewers show one flow, so the steps of all threads are in one. */
    private void addFlow(ObjectNode result, Finding finding) {
        ArrayNode steps = JsonReport.MAPPER.createArrayNode();
        for (Finding.Step step : finding.timeline()) {
            addStep(steps, finding, step.location(), words(step));
        }
        if (steps.isEmpty() && finding.crash() != null) {
            for (CrashState.Store store : finding.crash().stores()) {
                String words = "stored, " + store.fate() + " in the crash" + by(store.thread());
                addStep(steps, finding, store.location(), words);
            }
            addStep(
                    steps,
                    finding,
                    finding.location(),
                    "crash " + finding.crash().failurePoint());
        }
        if (!steps.isEmpty()) {
            ObjectNode flow = result.putArray("codeFlows").addObject();
            flow.putArray("threadFlows").addObject().set("locations", steps);
        }
    }

    /** What has no place in the code, such as the end of the program, is shown at the finding. */
    private void addStep(ArrayNode steps, Finding finding, Location place, String words) {
        Location shown = isKnown(place) ? place : finding.location();
        if (isKnown(shown) && steps.size() < MOST_STEPS) {
            steps.addObject().put("executionOrder", steps.size()).set("location", locations.of(shown, words));
        }
    }

    private static String words(Finding.Step step) {
        String what = step.length() == 0
                ? step.event()
                : step.event() + ": " + Wording.count(step.length(), "byte") + " at offset " + step.offset();
        return what + by(step.thread());
    }

    private static String by(String thread) {
        return thread == null ? "" : ", by thread " + thread;
    }

    private static void addSuppression(ObjectNode result, Suppression suppression) {
        if (suppression == null) {
            return;
        }
        String reason = suppression.reason() == null ? "stands in the baseline" : suppression.reason();
        ObjectNode node = result.putArray("suppressions").addObject();
        node.put("kind", Suppression.ANNOTATION.equals(suppression.kind()) ? "inSource" : "external");
        node.put("status", "accepted");
        node.put("justification", reason);
        ObjectNode properties = node.putObject("properties");
        properties.put("source", suppression.source());
        if (suppression.until() != null) {
            properties.put("until", suppression.until());
        }
    }

    private static void addProperties(ObjectNode properties, Finding finding) {
        properties.put("bytes", finding.bytes());
        if (finding.thread() != null) {
            properties.put("thread", finding.thread());
        }
        if (finding.segment() != null) {
            properties.set("segment", JsonReport.MAPPER.valueToTree(finding.segment()));
        }
        if (finding.crash() != null) {
            properties.put("check", finding.crash().verdict());
            properties.put("reproduce", finding.crash().reproduce());
        }
    }

    private static String present(String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
