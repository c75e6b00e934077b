package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.trace.text.TextTraceReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Analyses a trace written as text in a test. */
public final class Check {
    /** A persistent-memory mapping at 0x10000 and an ordinary file at 0x100000, 64 KiB each. */
    public static final String MAPPED = """
            map 1 A.map(A.java:1) 0x10000 65536 device=1 inode=1 offset=0 flags=sync,emulated path="/data/pmem"
            map 1 A.map(A.java:2) 0x100000 65536 device=1 inode=2 offset=0 flags=none path="/data/file"
            """;

    private Check() {}

    /** Rule, line of the place, occurrences and bytes of every finding, for example {@code unflushed-store:5 x1 8B}. */
    public static List<String> findings(String events) {
        return summarize(report(events));
    }

    public static List<String> summarize(Report report) {
        return report.findings().stream().map(Check::summarize).toList();
    }

    private static String summarize(Finding finding) {
        return finding.rule() + ":" + finding.location().line() + " x" + finding.occurrences() + " " + finding.bytes()
                + "B";
    }

    public static Report report(String events) {
        return report("auto", events + "end\n");
    }

    public static Report report(String domain, String trace) {
        return report(domain, trace, List.of());
    }

    /** Only these rules. */
    public static Report report(List<String> rules, String trace) {
        return report(AnalysisOptions.of("auto", Set.copyOf(rules)), trace);
    }

    /** All rules that exist, those off by default too. */
    public static Report report(String domain, String trace, List<Path> orders) {
        return report(AnalysisOptions.of(domain, RuleCatalogue.load().ids()).ordered(orders), trace);
    }

    public static Report report(AnalysisOptions options, String trace) {
        Analysis analysis = new Analysis(options);
        try {
            TextTraceReader.read(new StringReader(numbered(trace)), analysis.visitor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return analysis.finish(new RunFacts("test", List.of("java"), null, 0, 1, 2, List.of()));
    }

    /** Lets a test write {@code @7} for a place in line 7. */
    private static String numbered(String trace) {
        List<String> lines = new ArrayList<>();
        trace.lines().forEach(line -> lines.add(line.replaceAll("@(\\d+)", "app.Main.run(Main.java:$1)")));
        return String.join("\n", lines) + "\n";
    }
}
