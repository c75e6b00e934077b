package io.pmemcheckj.gate;

import io.pmemcheckj.findings.Finding;
import java.time.LocalDate;

/** Says of findings that they are known and meant to be. */
interface Suppressor {
    boolean matches(Finding finding);

    /** What stands in the report with a finding that it suppresses. */
    Finding.Suppression suppression();

    /** What it is, for those that look for it: where it stands, and which rule it is about. */
    String description();

    /** Whether its last day is before this one; then it suppresses nothing. */
    default boolean isExpired(LocalDate today) {
        String until = suppression().until();
        return until != null && LocalDate.parse(until).isBefore(today);
    }
}
