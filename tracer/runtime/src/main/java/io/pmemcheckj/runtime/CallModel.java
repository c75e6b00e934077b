package io.pmemcheckj.runtime;

/** What a call of a method or of a native function does to mapped memory: events before and after it. */
final class CallModel {
    private static final String CALL = "call";
    private static final String FAILS = "fails ";
    private static final CallEvent[] NONE = {};

    private final String name;
    private final Operand fails;
    private final CallEvent[] before;
    private final CallEvent[] after;
    private final boolean forces;
    private boolean complained;

    /**
     * Reads what a call does.
     *
     * @param name of the method or function, for messages
     * @param text a list with semicolons between: {@code fails OPERAND} where there is a way to tell that, {@link CallEvent}s in
     *     their order, and among them {@code call}: what stands behind it has the result, and is left out when the call
     *     throws or fails
     * @throws IllegalArgumentException when the text has another form
     */
    CallModel(String name, String text) {
        this.name = name;
        String rest = text;
        if (text.startsWith(FAILS)) {
            int end = text.indexOf(';');
            fails = new Operand(text.substring(FAILS.length(), end));
            rest = text.substring(end + 1);
        } else {
            fails = null;
        }
        String[] parts = rest.split(";");
        int call = 0;
        while (call < parts.length && !parts[call].equals(CALL)) {
            call++;
        }
        if (call == parts.length) {
            throw new IllegalArgumentException(text);
        }
        before = events(parts, 0, call);
        after = events(parts, call + 1, parts.length);
        boolean anyForce = false;
        for (CallEvent event : before) {
            anyForce |= event.isForce();
        }
        forces = anyForce;
    }

    private static CallEvent[] events(String[] parts, int from, int to) {
        if (from == to) {
            return NONE;
        }
        CallEvent[] events = new CallEvent[to - from];
        for (int i = from; i < to; i++) {
            events[i - from] = new CallEvent(parts[i]);
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

    /** The call is about to be made. */
    void entered(Call call) {
        if (!Tracked.disabled()) {
            record(before, call);
        }
    }

    /** The call returned. */
    void returned(Call call) {
        if (Tracked.disabled()) {
            return;
        }
        boolean failed = failed(call);
        if (forces) {
            end(call, failed);
        }
        if (!failed) {
            record(after, call);
        }
    }

    /** The call threw, or was not made: its arguments were refused. */
    void threw(Call call) {
        if (forces && !Tracked.disabled()) {
            end(call, true);
        }
    }

    private boolean failed(Call call) {
        try {
            return fails != null && fails.test(call);
        } catch (Operand.MissingException e) {
            complain(e.getMessage());
        } catch (Throwable e) {
            Recorder.giveUp();
        }
        return false;
    }

    private void record(CallEvent[] events, Call call) {
        for (CallEvent event : events) {
            try {
                event.record(call);
            } catch (Operand.MissingException e) {
                complain(event.kind() + ": " + e.getMessage());
            } catch (Throwable e) {
                Recorder.giveUp();
            }
        }
    }

    private void end(Call call, boolean failed) {
        for (int i = before.length - 1; i >= 0; i--) { // the innermost ends first
            if (before[i].isForce()) {
                try {
                    before[i].recordEnd(call, failed);
                } catch (Operand.MissingException e) {
                    // it did not begin either
                } catch (Throwable e) {
                    Recorder.giveUp();
                }
            }
        }
    }

    /** What a model cannot compute is not recorded, and a check that lacks it must not be trusted. */
    private void complain(String reason) {
        synchronized (this) {
            if (complained) {
                return;
            }
            complained = true;
        }
        Start.gap("the model of " + name + " does not fit: " + reason);
    }
}
