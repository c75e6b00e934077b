package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import io.pmemcheckj.gate.Gate;
import io.pmemcheckj.report.Sources;
import io.pmemcheckj.report.TextReport;
import io.pmemcheckj.trace.TraceVisitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** One test of the program, or what a class of tests does around them, judged as if it were a run of its own. */
final class TestRun {
    /** Of a test that others stand in, what is flushed there is not known here. */
    private static final Set<String> COSTS =
            Set.of("redundant-flush", "oversized-flush", "redundant-fence", "redundant-logging", "overwritten-store");

    private static final List<String> CALLERS =
            List.of("org.junit.", "jdk.internal.reflect.", "java.lang.reflect.", "io.pmemcheckj.junit.");

    private final TestRequest request;
    private final Severity failOn;
    private final Gate gate;
    private final Analysis analysis;
    private final TraceVisitor others;
    private boolean holdsOthers;

    /**
     * @param whole what the test is a part of
     * @throws UsageException when the request is wrong
     */
    TestRun(TestRequest request, Analysis whole) {
        this.request = request;
        failOn = request.failOn();
        gate = Gate.open(request.suppressions(), request.baseline(), null);
        analysis = whole.part(request.options(), request.what());
        others = new OthersStores(analysis.visitor());
    }

    String name() {
        return request.name();
    }

    /** Takes the events of the test. */
    TraceVisitor visitor() {
        return analysis.visitor();
    }

    /** Takes the events of a test that stands in this one, whose stores are its own business. */
    TraceVisitor visitorOfOthers() {
        holdsOthers = true;
        return others;
    }

    /** Judges it, once. @return what is wrong, in words; empty for nothing */
    String judge() {
        analysis.visitor().end();
        if (holdsOthers || request.mayStoreNothing()) {
            analysis.letStoreNothing();
        }
        Report all = analysis.finish(new RunFacts(null, List.of(), null, null, 0, 0, List.of()));
        Report report = gate.apply(all, analysis.annotatedSuppressions(), LocalDate.now());
        List<Finding> findings = report.findings().stream()
                .filter(finding -> finding.severity().compareTo(failOn) <= 0)
                .filter(finding -> !holdsOthers || !COSTS.contains(finding.rule()))
                .toList();
        StringBuilder text = new StringBuilder();
        for (String problem : report.run().problems()) {
            text.append("the check cannot be trusted: ").append(problem).append('\n');
        }
        findings.forEach(
                finding -> text.append(TextReport.text(finding.withStack(ofTest(finding.stack())), Sources.NONE)));
        return text.toString().stripTrailing();
    }

    /** A stack without what called the test method. */
    private static List<Location> ofTest(List<Location> stack) {
        return stack.stream()
                .takeWhile(
                        frame -> frame.className() == null || CALLERS.stream().noneMatch(frame.className()::startsWith))
                .toList();
    }
}
