package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.live.Insight;
import io.pmemcheckj.trace.ring.LiveCheck;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.util.ArrayList;
import java.util.List;

/** A check for the sake of the program itself, of its expectations, its recordings and tests that want to be judged; it makes no report. */
public final class LiveAnalysis implements LiveCheck {
    private final Analysis analysis =
            new Analysis(AnalysisOptions.of("auto", RuleCatalogue.load().defaultIds()));

    /** Called by {@link java.util.ServiceLoader}. */
    public LiveAnalysis() {
        analysis.judgeTests();
    }

    @Override
    public List<TraceVisitor> visitors() {
        List<TraceVisitor> visitors = new ArrayList<>(List.of(analysis.visitor()));
        visitors.addAll(analysis.testVisitors());
        return visitors;
    }

    @Override
    public Insight insight() {
        return analysis.insight();
    }

    @Override
    public void answer(RingConsumer ring) {
        analysis.answer(ring::answer);
    }
}
