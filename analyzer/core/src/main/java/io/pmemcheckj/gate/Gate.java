package io.pmemcheckj.gate;

import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Decides which findings of a report count. */
public final class Gate {
    private final List<? extends Suppressor> suppressions;
    private final Baseline baseline;
    private final Path newBaseline;

    private Gate(List<? extends Suppressor> suppressions, Baseline baseline, Path newBaseline) {
        this.suppressions = suppressions;
        this.baseline = baseline;
        this.newBaseline = newBaseline;
    }

    /**
     * Reads the files, so that a fault in them is found before anything is run.
     *
     * @param suppressions files of suppressions
     * @param baseline file of findings that do not count, or null
     * @param newBaseline where to write the findings of this check, or null
     * @throws UsageException for a file that cannot be used
     */
    public static Gate open(List<Path> suppressions, Path baseline, Path newBaseline) {
        List<Suppressor> read = new ArrayList<>();
        suppressions.forEach(file -> read.addAll(SuppressionFile.read(file)));
        if (newBaseline != null) {
            checkWritable(newBaseline);
        }
        return new Gate(read, baseline == null ? null : Baseline.read(baseline), newBaseline);
    }

    private static void checkWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UsageException("--write-baseline " + file + ": cannot be written there");
        }
    }

    /**
     * The report with the findings that do not count set apart.
     *
     * @param report a report of which all findings count
     * @param annotated suppressions in the code of the program
     * @param today the day by which suppressions expire
     */
    public Report apply(Report report, List<AnnotatedSuppression> annotated, LocalDate today) {
        List<Suppressor> all = new ArrayList<>(suppressions);
        all.addAll(annotated);
        if (all.isEmpty() && baseline == null) {
            return report;
        }
        List<Suppressor> valid =
                all.stream().filter(suppressor -> !suppressor.isExpired(today)).toList();
        Set<Suppressor> used = new HashSet<>();
        List<Finding> live = new ArrayList<>();
        List<Finding> suppressed = new ArrayList<>();
        for (Finding finding : report.findings()) {
            Finding judged = finding.suppressed(reason(finding, valid, used));
            (judged.suppression() == null ? live : suppressed).add(judged);
        }
        Report.Gate gate = new Report.Gate(
                valid.stream()
                        .filter(suppressor -> !used.contains(suppressor))
                        .map(Suppressor::description)
                        .toList(),
                all.stream()
                        .filter(suppressor -> suppressor.isExpired(today))
                        .map(suppressor -> suppressor.description() + ", until "
                                + suppressor.suppression().until())
                        .toList(),
                baseline == null ? 0 : baseline.without(report.findings().stream()));
        return new Report(
                report.schemaVersion(),
                report.tool(),
                report.run(),
                summary(report.summary(), live, suppressed),
                report.segments(),
                live,
                report.checkpoints(),
                report.exploration(),
                suppressed,
                gate);
    }

    /** Why a finding does not count, or null; all that match it are in use. */
    private Finding.Suppression reason(Finding finding, List<Suppressor> valid, Set<Suppressor> used) {
        List<Suppressor> matching =
                valid.stream().filter(suppressor -> suppressor.matches(finding)).toList();
        used.addAll(matching);
        if (!matching.isEmpty()) {
            return matching.get(0).suppression();
        }
        return baseline != null && baseline.contains(finding) ? baseline.suppression() : null;
    }

    private static Report.Summary summary(Report.Summary all, List<Finding> live, List<Finding> suppressed) {
        int baselined = (int) suppressed.stream()
                .filter(finding -> finding.suppression().kind().equals(Finding.Suppression.BASELINE))
                .count();
        return new Report.Summary(
                all.stores(),
                all.flushes(),
                all.fences(),
                all.transactions(),
                all.segments(),
                all.threads(),
                all.traceBytes(),
                Report.Summary.bySeverity(live),
                suppressed.size() - baselined,
                baselined,
                all.audit());
    }

    /**
     * Writes the new baseline, if one is asked for and the report is to be trusted: one that lacks findings which only a
     * whole run shows would let them fail the next build.
     *
     * @return what was written, or null
     * @throws IOException if it cannot be
     */
    public Path writeBaseline(Report report) throws IOException {
        boolean trusted = report.run().complete() && report.run().problems().isEmpty();
        if (newBaseline == null || !trusted) {
            return null;
        }
        Baseline.write(report, newBaseline);
        return newBaseline;
    }
}
