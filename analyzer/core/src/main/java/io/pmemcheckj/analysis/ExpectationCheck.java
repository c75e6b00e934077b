package io.pmemcheckj.analysis;

import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.live.Insight;
import io.pmemcheckj.trace.ring.LiveCheck;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.util.Set;

/** A check for the sake of the program's own expectations; it makes no report. */
public final class ExpectationCheck implements LiveCheck {
    private final Analysis analysis = new Analysis(AnalysisOptions.of("auto", Set.of("unordered-store")));

    /** Called by {@link java.util.ServiceLoader}. */
    public ExpectationCheck() {}

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
