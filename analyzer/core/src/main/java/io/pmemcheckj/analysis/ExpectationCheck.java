package io.pmemcheckj.analysis;

import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.ring.LiveCheck;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A check for the sake of the program's own expectations, and of tests that want to be judged; it makes no report. */
public final class ExpectationCheck implements LiveCheck {
    private final Analysis analysis = new Analysis(AnalysisOptions.of("auto", Set.of("unordered-store")));

    /** Called by {@link java.util.ServiceLoader}. */
    public ExpectationCheck() {
        analysis.judgeTests();
    }

    @Override
    public List<TraceVisitor> visitors() {
        List<TraceVisitor> visitors = new ArrayList<>(List.of(analysis.visitor()));
        visitors.addAll(analysis.testVisitors());
        return visitors;
    }

    @Override
    public void answer(RingConsumer ring) {
        analysis.answer(ring::answer);
    }
}
