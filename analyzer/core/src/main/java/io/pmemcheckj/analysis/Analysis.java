package io.pmemcheckj.analysis;
import io.pmemcheckj.findings.*;
import io.pmemcheckj.trace.TraceVisitor;
import java.util.*;
public final class Analysis {
    private long stores, maps, flushes;
    private boolean end, gap;
    private final AnalysisOptions o;
    public Analysis(AnalysisOptions o) { this.o = o; }
    public TraceVisitor visitor() {
        return (TraceVisitor) java.lang.reflect.Proxy.newProxyInstance(TraceVisitor.class.getClassLoader(), new Class<?>[] {TraceVisitor.class}, (s, m, a) -> {
            switch (m.getName()) { case "store": stores += (int) a[5]; break; case "map": maps++; break; case "flush": case "forceBegin": flushes++; break; case "end": end = true; break; case "gap": gap = true; break; default: }
            return null; });
    }
    public Progress progress() { return new Progress(stores, flushes, 0, 0); }
    public Report finish(RunFacts f) {
        List<Report.Segment> segments = new ArrayList<>();
        for (int i = 1; i <= maps; i++) segments.add(new Report.Segment(i, "x", 1, "adr", true, 0, 0));
        List<String> p = new ArrayList<>(f.problems());
        if (gap) p.add("gap");
        return new Report("1.0", new Report.Tool("pmemcheck-j", f.toolVersion()), new Report.Run(f.command(), "?", o.domain(), f.exitCode(), f.durationMs(), end && !gap, p),
            new Report.Summary(stores, flushes, 0, 0, (int) maps, 1, f.traceBytes(), Map.of("error", 0, "warning", 0, "note", 0), 0, 0), segments, List.of(), List.of());
    }
}
