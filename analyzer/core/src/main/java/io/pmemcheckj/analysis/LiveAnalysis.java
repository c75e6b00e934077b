package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.live.Insight;
import io.pmemcheckj.trace.ring.LiveCheck;
import io.pmemcheckj.trace.ring.RingConsumer;

/** A check for the sake of the program itself, of its expectations and recordings; it makes no report. */
public final class LiveAnalysis implements LiveCheck {
    private final Analysis analysis =
            new Analysis(AnalysisOptions.of("auto", RuleCatalogue.load().defaultIds()));

    /** Called by {@link java.util.ServiceLoader}. */
    public LiveAnalysis() {}

    @Override
    public TraceVisitor visitor() {
        return analysis.visitor();
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
