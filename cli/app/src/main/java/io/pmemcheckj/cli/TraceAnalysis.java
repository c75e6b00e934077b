package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.Analysis;
import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.MergedReport;
import io.pmemcheckj.analysis.RunFacts;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.flight.RunIdentity;
import io.pmemcheckj.gate.AnnotatedSuppression;
import io.pmemcheckj.trace.live.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replays kept traces, one after the other, and makes one report of them. */
final class TraceAnalysis {
    private final AnalysisOptions options;
    private final List<TraceInput> traces;
    private final long start = System.nanoTime();
    private final Map<String, Report> runs = new LinkedHashMap<>();
    private final Set<AnnotatedSuppression> annotated = new LinkedHashSet<>();
    private final List<RunIdentity> identities = new ArrayList<>();
    private volatile Analysis current;

    /** @param first what takes the first trace; made by the caller, who wants to hear of bad options before anything else */
    TraceAnalysis(AnalysisOptions options, List<TraceInput> traces, Analysis first) {
        this.options = options;
        this.traces = traces;
        current = first;
    }

    /** The counts of the trace that is being replayed. */
    Figures progress() {
        return current.progress();
    }

    /** @throws CommandException when a file is no trace, or a damaged one */
    void replay() {
        for (TraceInput trace : traces) {
            if (!runs.isEmpty()) {
                current = new Analysis(options);
            }
            trace.read(current.visitor());
            runs.put(trace.file().toString(), current.finish(facts(List.of(trace), List.of())));
            annotated.addAll(current.annotatedSuppressions());
            identities.add(RunIdentity.of(current.properties()));
        }
    }

    /** @param problems why the whole cannot be trusted, whatever the traces say */
    Report report(List<String> problems) {
        return runs.size() == 1 && problems.isEmpty()
                ? runs.values().iterator().next()
                : MergedReport.of(runs, facts(traces, problems));
    }

    List<AnnotatedSuppression> annotatedSuppressions() {
        return new ArrayList<>(annotated);
    }

    /** Which runs the traces are of. */
    List<RunIdentity> identities() {
        return List.copyOf(identities);
    }

    private RunFacts facts(List<TraceInput> read, List<String> problems) {
        long bytes = 0;
        List<String> names = new ArrayList<>();
        for (TraceInput trace : read) {
            bytes += size(trace);
            names.add(trace.file().toString());
        }
        long durationMs = (System.nanoTime() - start) / 1_000_000;
        return new RunFacts(Version.number(), names, null, null, durationMs, bytes, problems);
    }

    private static long size(TraceInput trace) {
        try {
            return Files.size(trace.file());
        } catch (IOException e) {
            throw CommandException.untrusted("cannot read " + trace.file() + ": " + Console.reason(e));
        }
    }
}
