package io.pmemcheckj.analysis;

import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.ring.LiveCheck;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.util.List;
import java.util.Set;

/** A check for the sake of the program's own expectations; it makes no report. */
public final class ExpectationCheck implements LiveCheck {
    private final Analysis analysis =
            new Analysis(new AnalysisOptions("auto", Set.of("unordered-store"), List.of(), List.of(), List.of()));

    /** Called by {@link java.util.ServiceLoader}. */
    public ExpectationCheck() {}

    @Override
    public TraceVisitor visitor() {
        return analysis.visitor();
    }

    @Override
    public void answer(RingConsumer ring) {
        analysis.answer(ring::answer);
    }
}
