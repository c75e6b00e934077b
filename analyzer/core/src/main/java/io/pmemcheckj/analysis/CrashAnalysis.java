package io.pmemcheckj.analysis;

import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.gate.AnnotatedSuppression;
import io.pmemcheckj.memory.Domain;
import io.pmemcheckj.trace.TeeVisitor;
import io.pmemcheckj.trace.TraceVisitor;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What an exploration of crash states needs to know of a trace, and the report on it. */
public final class CrashAnalysis {
    private final Analysis analysis;
    private final Domain domain;
    private final SegmentFilter counts;
    private final FoundFiles found = new FoundFiles();

    /**
     * @param domain auto, adr, eadr or page-cache
     * @param segments globs of file paths that a crash may change; empty for all
     * @param excludedSegments globs of file paths that it may not
     * @throws UsageException for an unknown domain or a malformed glob
     */
    public CrashAnalysis(String domain, List<String> segments, List<String> excludedSegments) {
        AnalysisOptions plain = AnalysisOptions.of(domain, Set.of());
        analysis = new Analysis(new AnalysisOptions(
                domain, Set.of(), List.of(), null, plain.orderHabits(), segments, excludedSegments));
        this.domain = Analysis.domainOf(domain);
        counts = new SegmentFilter(segments, excludedSegments);
    }

    /** Takes the events of the trace, once. */
    public TraceVisitor visitor() {
        return new TeeVisitor(List.of(analysis.visitor(), found));
    }

    /** What the trace says of the run, by a key of FORMAT.md; null if it says nothing. */
    public String property(String key) {
        return analysis.properties().get(key);
    }

    /** What the code of the program says of findings. */
    public List<AnnotatedSuppression> annotatedSuppressions() {
        return analysis.annotatedSuppressions();
    }

    /** Whether the trace goes on to the end of the run. */
    public boolean hasEnded() {
        return analysis.hasEnded();
    }

    /** The domain of all files, or null to take it from how each was mapped. */
    public Domain domain() {
        return domain;
    }

    /** Tells by its path whether a crash may change a mapped file. */
    public Predicate<String> counts() {
        return counts;
    }

    public FoundFiles found() {
        return found;
    }

    public List<Report.Segment> segments() {
        return analysis.segments();
    }

    /** Makes the report; call once. */
    public Report finish(RunFacts facts, List<Finding> findings, Report.Exploration exploration) {
        return analysis.finish(facts, findings, exploration);
    }
}
