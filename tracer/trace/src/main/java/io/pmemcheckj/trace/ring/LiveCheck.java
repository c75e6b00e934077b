package io.pmemcheckj.trace.ring;

import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.live.Insight;
import java.util.List;

/**
 * Judges what the program does while it runs, for its expectations and recordings. Found as a service, as the process that
 * writes an agent's trace knows nothing of the analyzer, which lies in the same jar.
 */
public interface LiveCheck {
    /** Take the events, each time from one {@link #answer} to the next. */
    List<TraceVisitor> visitors();

    /** What the check knows, for the program itself. */
    Insight insight();

    /** Tells threads that wait what they expect and is not so; between events. */
    void answer(RingConsumer ring);
}
