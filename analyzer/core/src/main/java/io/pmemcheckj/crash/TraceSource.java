package io.pmemcheckj.crash;

import io.pmemcheckj.trace.TraceVisitor;

/** A trace that can be replayed again and again, by several threads at the same time. */
@FunctionalInterface
public interface TraceSource {
    void replay(TraceVisitor visitor);
}
