package io.pmemcheckj.report;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings of one rule.
 *
 * @param rule rule id
 * @param findings not empty; worst severity first, otherwise in the order of the report
 */
record RuleGroup(String rule, List<Finding> findings) {

    /** Groups by rule: worst severity first, then in the order of the catalogue; rules it does not know come last. */
    static List<RuleGroup> of(List<Finding> findings) {
        Map<String, List<Finding>> byRule = new LinkedHashMap<>();
        for (Finding finding : findings) {
            byRule.computeIfAbsent(finding.rule(), rule -> new ArrayList<>()).add(finding);
        }
        List<RuleGroup> groups = new ArrayList<>();
        byRule.forEach((rule, members) -> {
            members.sort(Comparator.comparing(Finding::severity));
            groups.add(new RuleGroup(rule, List.copyOf(members)));
        });
        List<String> order = List.copyOf(RuleCatalogue.load().ids());
        groups.sort(Comparator.comparing(RuleGroup::severity).thenComparingInt(group -> rank(order, group.rule())));
        return groups;
    }

    /** The worst severity in the group. */
    Severity severity() {
        return findings.get(0).severity();
    }

    private static int rank(List<String> order, String rule) {
        int index = order.indexOf(rule);
        return index < 0 ? order.size() : index;
    }
}
