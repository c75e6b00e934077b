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
     * @param receiverAndArguments the receiver, null for a static method or a constructor, then the arguments
     */
    public static void entering(int number, Object[] receiverAndArguments) {
        open(number, receiverAndArguments, false);
    }

    /** A modelled native method is about to be called. */
    public static void calling(int number, Object[] receiverAndArguments) {
        open(number, receiverAndArguments, true);
    }

    private static void open(int number, Object[] receiverAndArguments, boolean isNative) {
        try {
            Method method = methods[number];
            Call call = new Call(receiverAndArguments);
            OPEN.set(new Open(method, call, isNative, living(OPEN.get())));
            method.model.entered(call);
            if (method.internal) {
                internal(1);
            }
        } catch (Throwable e) {
            Recorder.giveUp();
        }
    }

    /**
     * The innermost call that goes on. A native method that throws is not heard of; that the stack knows no native method
     * is the sign of it.
     */
    private static Open living(Open innermost) {
        Open open = innermost;
        while (open != null && open.isNative && !StackLook.hasNative()) {
            end(open, true);
            open = open.outer;
        }
        return open;
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

    /** The innermost open call of a method. Those within it threw without our hearing of it: native methods do. */
    private static Open close(int number) {
        Method method = methods[number];
        Open found = OPEN.get();
        while (found != null && found.method != method) {
            found = found.outer;
        }
        if (found != null) {
            for (Open open = OPEN.get(); open != found; open = open.outer) {
                end(open, true);
            }
            OPEN.set(found.outer);
        }
        return found;
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
