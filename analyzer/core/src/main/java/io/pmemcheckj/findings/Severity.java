package io.pmemcheckj.findings;

import java.util.Locale;

/** How much a finding matters, the worst first. */
public enum Severity {
    /** Data can be lost or inconsistent. */
    ERROR,
    /** Probably wrong, or costs much. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** The name used in reports, rule files and options: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
