package io.pmemcheckj.runtime;

import io.pmemcheckj.trace.layout.RecordLayout;
import java.util.Arrays;

/** Calls of modelled methods. What they do is registered while their class is woven, and gets a number. */
public final class MethodModels {

    private static final class Method {
        private final CallModel model;
        private final boolean internal;

        Method(CallModel model, boolean internal) {
            this.model = model;
            this.internal = internal;
        }
    }

    /** A call of a thread that has not returned. */
    private static final class Open {
        private final Method method;
        private final Call call;
        private final boolean isNative;
        private final Open outer;

        Open(Method method, Call call, boolean isNative, Open outer) {
            this.method = method;
            this.call = call;
            this.isNative = isNative;
            this.outer = outer;
        }
    }

    private static volatile Method[] methods = {};

    private static final ThreadLocal<Open> OPEN = new ThreadLocal<>();

    private MethodModels() {}

    /**
     * Registers what a method does.
     *
     * @param name for messages
     * @param text see {@link CallModel}
     * @param internal whether the stores and flushes of its body are the library's own business
     * @return its number
     */
    static synchronized int register(String name, String text, boolean internal) {
        Method[] more = Arrays.copyOf(methods, methods.length + 1);
        more[methods.length] = new Method(new CallModel(name, text), internal);
        methods = more;
        return more.length - 1;
    }

    /**
     * A modelled method has just been entered.
     *
     * @param receiverAndArguments the receiver, null for a static method, then the arguments
     */
    public static void entering(int number, Object[] receiverAndArguments) {
        try {
            open(methods[number], receiverAndArguments, false);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /**
     * A modelled native method is about to be called; nobody tells if it throws.
     *
     * @param receiverAndArguments as of {@link #entering}
     */
    public static void calling(int number, Object[] receiverAndArguments) {
        try {
            Method method = methods[number];
            endThrown(method);
            open(method, receiverAndArguments, true);
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    private static void open(Method method, Object[] receiverAndArguments, boolean isNative) {
        Call call = new Call(receiverAndArguments);
        OPEN.set(new Open(method, call, isNative, OPEN.get()));
        method.model.entered(call);
        if (method.internal) {
            internal(1);
        }
    }

    /**
     * Where a native method is called again while it is open, it threw; and so did those called within. Otherwise a program
     * that goes on after its exceptions would collect calls without end.
     */
    private static void endThrown(Method method) {
        Open earlier = OPEN.get();
        while (earlier != null && earlier.isNative && earlier.method != method) {
            earlier = earlier.outer;
        }
        if (earlier != null && earlier.isNative) {
            endDownTo(earlier.outer);
        }
    }

    /** Ends calls that threw without our hearing of it: all within another, or with null all. */
    private static void endDownTo(Open outer) {
        Open open = OPEN.get();
        while (open != outer) {
            end(open, true);
            open = open.outer;
        }
        OPEN.set(outer);
    }

    /**
     * It returned.
     *
     * @param result null where there is none
     */
    public static void returning(int number, Object result) {
        try {
            Open open = close(number);
            if (open != null) {
                open.call.returned(result);
                end(open, false);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /** It threw. */
    public static void throwing(int number) {
        try {
            Open open = close(number);
            if (open != null) {
                end(open, true);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /**
     * Takes away the innermost open call of a method. Those within it threw without our hearing of it: native methods do.
     *
     * @return null where none is open
     */
    private static Open close(int number) {
        Method method = methods[number];
        Open open = OPEN.get();
        while (open != null && open.method != method) {
            open = open.outer;
        }
        if (open != null) {
            endDownTo(open);
            OPEN.set(open.outer);
        }
        return open;
    }

    private static void end(Open open, boolean threw) {
        if (open.method.internal) {
            internal(0);
        }
        if (threw) {
            open.method.model.threw(open.call);
        } else {
            open.method.model.returned(open.call);
        }
    }

    private static void internal(long begins) {
        if (!Tracked.disabled()) {
            Recorders.current().event(RecordLayout.INTERNAL, null, begins);
        }
    }
}
