package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;

/** The threshold of {@code --fail-on}: which findings make the exit code 1. */
enum FailOn {
    ERROR,
    WARNING,
    NOTE,
    NEVER;

    /** The mildest severity that makes the exit code 1; null for none. */
    Severity severity() {
        return this == NEVER ? null : Severity.values()[ordinal()];
    }

    /** Whether the report holds a finding at or above this threshold. */
    boolean reachedBy(Report report) {
        return report.findings().stream().anyMatch(finding -> reachedBy(finding.severity()));
    }

    boolean reachedBy(Severity severity) {
        return this != NEVER && severity.ordinal() <= ordinal();
    }
}
