package io.pmemcheckj.findings;

import java.util.Comparator;
import java.util.List;

/** The order of findings in a report. */
public final class FindingOrder {
    private static final Comparator<Location> BY_CODE = Comparator.comparing(
                    (Location location) -> String.valueOf(location.className()))
            .thenComparingInt(Location::line)
            .thenComparing(location -> String.valueOf(location.method()));

    /** The worst severity first, then in the order of the rule catalogue, then by the code. */
    public static final Comparator<Finding> WORST_FIRST = worstFirst();

    private FindingOrder() {}

    private static Comparator<Finding> worstFirst() {
        List<String> rules = List.copyOf(RuleCatalogue.load().ids());
        return Comparator.comparing(Finding::severity)
                .thenComparing(finding -> rules.indexOf(finding.rule()))
                .thenComparing(Finding::location, BY_CODE)
                .thenComparing(finding -> finding.related().toString());
    }
}
