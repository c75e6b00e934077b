package io.pmemcheckj.report;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;

/**
 * What a report comes down to, in one sentence.
 *
 * @param level how bad it is
 * @param sentence for the head of a report, without a full stop
 */
record Verdict(Level level, String sentence) {

    /** From bad to good; the lower-case name is used as a style in pages. */
    enum Level {
        UNTRUSTED,
        ERROR,
        WARNING,
        NOTE,
        CLEAN
    }

    static Verdict of(Report report) {
        String found = found(report);
        if (!report.run().complete() || !report.run().problems().isEmpty()) {
            return new Verdict(
                    Level.UNTRUSTED, "The check cannot be trusted: it did not see everything; so far " + found);
        }
        if (count(report, Severity.ERROR) > 0) {
            return new Verdict(Level.ERROR, found + ": data can be lost or left inconsistent by a crash");
        }
        if (count(report, Severity.WARNING) > 0) {
            return new Verdict(Level.WARNING, found + ": nothing is known to be lost");
        }
        if (count(report, Severity.NOTE) > 0) {
            return new Verdict(Level.NOTE, found + ": nothing is known to be lost");
        }
        if (report.segments().isEmpty()) {
            return new Verdict(Level.NOTE, "Nothing found: the program mapped no file that counts");
        }
        return new Verdict(
                Level.CLEAN,
                report.exploration() == null
                        ? report.suppressed().isEmpty() ? "Nothing found" : "Nothing found that counts"
                        : "Nothing found: the check accepts " + Coverage.extent(report.exploration()));
    }

    /** {@code 2 errors, 1 warning}; severities without findings are left out. */
    static String found(Report report) {
        StringBuilder text = new StringBuilder();
        for (Severity severity : Severity.values()) {
            int number = count(report, severity);
            if (number > 0) {
                text.append(text.isEmpty() ? "" : ", ").append(Wording.count(number, severity.id()));
            }
        }
        return text.isEmpty() ? "no findings" : text.toString();
    }

    private static int count(Report report, Severity severity) {
        return report.summary().findings().getOrDefault(severity.id(), 0);
    }
}
