package io.pmemcheckj.runtime;

/** What a native function does to mapped memory: events before and after the call of the function itself. */
final class NativeFunction {
    private static final String CALL = "call";
    private static final NativeEvent[] NONE = {};

    private final NativeEvent[] before;
    private final NativeEvent[] after;
    private final boolean forces;

    /**
     * Reads what a function does.
     *
     * @param text events separated by commas, in their order, and among them {@code call}: what stands behind it has the
     *     function's result, and is left out when the call throws
     * @throws IllegalArgumentException when the text has another form
     */
    NativeFunction(String text) {
        String[] parts = text.split(",");
        int call = 0;
        while (call < parts.length && !parts[call].trim().equals(CALL)) {
            call++;
        }
        if (call == parts.length) {
            throw new IllegalArgumentException(text);
        }
        before = events(parts, 0, call);
        after = events(parts, call + 1, parts.length);
        boolean anyForce = false;
        for (NativeEvent event : before) {
            anyForce |= event.isForce();
        }
        forces = anyForce;
    }

    private static NativeEvent[] events(String[] parts, int from, int to) {
        if (from == to) {
            return NONE;
        }
        NativeEvent[] events = new NativeEvent[to - from];
        for (int i = from; i < to; i++) {
            events[i - from] = new NativeEvent(parts[i]);
        }
        return events;
    }

    boolean hasEventsBefore() {
        return before.length != 0;
    }

    /** True when events follow the call. */
    boolean hasEventsAfter() {
        return after.length != 0 || forces;
    }

    /** True when an event of before needs to be ended even where the call throws. */
    boolean forces() {
        return forces;
    }

    /** The function is about to be called. */
    void entered(long[] call) {
        if (Tracked.disabled()) {
            return;
        }
        try {
            for (NativeEvent event : before) {
                event.record(call);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** The function returned. */
    void returned(long[] call) {
        if (Tracked.disabled()) {
            return;
        }
        try {
            end(call, call[NativeOperand.RESULT] != 0);
            for (NativeEvent event : after) {
                event.record(call);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** The function was not called: its arguments were refused. */
    void refused(long[] call) {
        if (Tracked.disabled()) {
            return;
        }
        try {
            end(call, true);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private void end(long[] call, boolean failed) {
        if (!forces) {
            return;
        }
        for (int i = before.length - 1; i >= 0; i--) { // the innermost ends first
            if (before[i].isForce()) {
                before[i].recordEnd(call, failed);
            }
        }
    }
}
