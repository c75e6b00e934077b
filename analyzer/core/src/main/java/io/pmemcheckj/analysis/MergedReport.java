package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.FindingOrder;
import io.pmemcheckj.findings.Fingerprint;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One report of several runs, as a build's forked JVMs are, or a program and the programs that it started.
 *
 * <p>Findings with the same rule and the same code locations become one: occurrences and bytes are added up, as each run has
 * stored on its own; the rest is that of the run with the most bytes. Segments stay apart, as each run has its own.
 */
public final class MergedReport {
    private record Key(String rule, Location location, List<String> roles, List<Location> related) {
        static Key of(Finding finding) {
            return new Key(
                    finding.rule(),
                    finding.location(),
                    finding.related().stream().map(Finding.Related::role).toList(),
                    finding.related().stream().map(Finding.Related::location).toList());
        }
    }

    private final List<Report.Segment> segments = new ArrayList<>();
    private final Map<Key, List<Finding>> findings = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private MergedReport() {}

    /**
     * Merges reports of which all findings count.
     *
     * @param runs the reports by what to call their runs, in the order in which they are to be listed; not empty
     * @param facts what is known of all runs together
     */
    public static Report of(Map<String, Report> runs, RunFacts facts) {
        MergedReport merged = new MergedReport();
        merged.problems.addAll(facts.problems());
        runs.forEach(merged::add);
        return merged.report(List.copyOf(runs.values()), facts);
    }

    private void add(String name, Report run) {
        int shift = segments.stream().mapToInt(Report.Segment::id).max().orElse(0);
        for (Report.Segment segment : run.segments()) {
            segments.add(segment.numbered(segment.id() + shift));
        }
        for (Finding finding : run.findings()) {
            findings.computeIfAbsent(Key.of(finding), key -> new ArrayList<>()).add(finding.inSegment(shift));
        }
        run.run().problems().forEach(problem -> problems.add(name + ": " + problem));
    }

    private Report report(List<Report> runs, RunFacts facts) {
        List<Finding> all = new ArrayList<>();
        findings.values().forEach(same -> all.add(merge(same)));
        all.sort(FindingOrder.WORST_FIRST);
        List<Finding> named = Fingerprint.assign(all);
        return new Report(
                Report.SCHEMA_VERSION,
                new Report.Tool("pmemcheck-j", facts.toolVersion()),
                new Report.Run(
                        facts.command(),
                        versions(runs),
                        runs.get(0).run().domain(),
                        facts.exitCode() == null ? exitCode(runs) : facts.exitCode(),
                        facts.durationMs(),
                        runs.stream().allMatch(run -> run.run().complete()),
                        problems,
                        libraries(runs)),
                summary(runs, facts, named),
                segments,
                named,
                runs.stream().flatMap(run -> run.checkpoints().stream()).toList(),
                null);
    }

    private static Finding merge(List<Finding> same) {
        Finding worst = same.stream()
                .max(Comparator.comparing(Finding::severity, Comparator.reverseOrder())
                        .thenComparing(Finding::bytes))
                .orElseThrow();
        return same.size() == 1
                ? worst
                : worst.summedUp(
                        worst.message() + " (In this run; " + same.size() + " runs have the finding.)",
                        same.stream().mapToLong(Finding::occurrences).sum(),
                        same.stream().mapToLong(Finding::bytes).sum());
    }

    private static String versions(List<Report> runs) {
        String versions = runs.stream()
                .map(run -> run.run().java())
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return versions.isEmpty() ? null : versions;
    }

    /** The first that is not 0, or null where one is not known. */
    private static Integer exitCode(List<Report> runs) {
        List<Integer> codes =
                runs.stream().map(run -> run.run().exitCode()).distinct().toList();
        return codes.stream()
                .filter(code -> code != null && code != 0)
                .findFirst()
                .orElse(codes.contains(null) ? null : Integer.valueOf(0));
    }

    private static List<Report.Library> libraries(List<Report> runs) {
        return runs.stream()
                .flatMap(run -> run.run().libraries().stream())
                .distinct()
                .sorted(Comparator.comparing(Report.Library::name).thenComparing(Report.Library::version))
                .toList();
    }

    private Report.Summary summary(List<Report> runs, RunFacts facts, List<Finding> named) {
        List<Report.Summary> parts = runs.stream().map(Report::summary).toList();
        return new Report.Summary(
                parts.stream().mapToLong(Report.Summary::stores).sum(),
                parts.stream().mapToLong(Report.Summary::flushes).sum(),
                parts.stream().mapToLong(Report.Summary::fences).sum(),
                parts.stream().mapToLong(Report.Summary::transactions).sum(),
                segments.size(),
                parts.stream().mapToInt(Report.Summary::threads).sum(),
                facts.traceBytes(),
                Report.Summary.bySeverity(named),
                0,
                0,
                audit(parts));
    }

    private static Report.Audit audit(List<Report.Summary> parts) {
        List<Report.Audit> audits = parts.stream()
                .map(Report.Summary::audit)
                .filter(Objects::nonNull)
                .toList();
        return audits.isEmpty()
                ? null
                : new Report.Audit(
                        audits.stream().mapToLong(Report.Audit::comparedBytes).sum(),
                        audits.stream().mapToLong(Report.Audit::explainedBytes).sum());
    }
}
