package io.pmemcheckj.gate;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is different between the findings of two reports, by their fingerprints.
 *
 * @param added those that count in the second and did not count in the first
 * @param fixed those that counted in the first and are not in the second at all
 * @param suppressed those that counted in the first, and are in the second, but do not count there
 * @param unchanged those of the second that count in both
 */
public record ReportDiff(List<Finding> added, List<Finding> fixed, List<Finding> suppressed, List<Finding> unchanged) {

    /** Compares the later report with the earlier one. */
    public static ReportDiff of(Report earlier, Report later) {
        Set<String> before = names(earlier.findings());
        Set<String> now = names(later.findings());
        Set<String> suppressedNow = names(later.suppressed());
        return new ReportDiff(
                later.findings().stream()
                        .filter(finding -> !before.contains(finding.fingerprint()))
                        .toList(),
                earlier.findings().stream()
                        .filter(finding ->
                                !now.contains(finding.fingerprint()) && !suppressedNow.contains(finding.fingerprint()))
                        .toList(),
                later.suppressed().stream()
                        .filter(finding -> before.contains(finding.fingerprint()))
                        .toList(),
                later.findings().stream()
                        .filter(finding -> before.contains(finding.fingerprint()))
                        .toList());
    }

    private static Set<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::fingerprint).collect(Collectors.toSet());
    }
}
