package io.pmemcheckj.models;

import java.util.List;

/** Turns an event of a model into what the tracer's runtime knows, which is a little less and a little more exact. */
final class EventCompiler {
    private EventCompiler() {}

    /**
     * Compiles one event.
     *
     * @param operands compiled, each with a blank before it
     * @param condition compiled, or empty
     * @param before gets what happens before the call
     * @param after gets what happens after it
     */
    static void compile(
            EventKind kind, String operands, String condition, Moment moment, List<String> before, List<String> after) {
        List<String> there = moment == Moment.BEFORE ? before : after;
        switch (kind) {
            case PERSIST -> {
                // What failed must be known to have been tried, which a flush without a fence does not tell.
                if (moment == Moment.BEFORE) {
                    before.add("persist" + operands + condition);
                } else {
                    there.add("flush" + operands + condition);
                    after.add("fence" + condition);
                }
            }
            // A force lasts as long as the call; told afterwards it is begun and ended at once.
            case FORCE -> there.add((moment == Moment.BEFORE ? "force" : "forced") + operands + condition);
            case READ -> {
                // nothing to record: loads are not traced
            }
            default -> there.add(kind.id() + operands + condition);
        }
    }
}
