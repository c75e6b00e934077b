package io.pmemcheckj.runtime;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A look at the current thread's stack. A Throwable is quicker to get the whole stack from, but leaves out the frames of
 * hidden classes, and cannot stop where the caller is found.
 */
final class StackLook implements Function<Stream<StackFrame>, StackTraceElement[]> {
    static final int MAX_FRAMES = 200;
    private static final int NO_LINE = -1; // a native method has -2
    private static final StackTraceElement[] NONE = {};

    // Made before the program can install a security manager.
    private static final StackWalker WALKER =
            StackWalker.getInstance(Set.of(Option.RETAIN_CLASS_REFERENCE, Option.SHOW_HIDDEN_FRAMES));
    private static final StackLook CALLER = new StackLook(true);
    private static final StackLook WHOLE = new StackLook(false);

    private static final String RUNTIME_PREFIX =
            StackLook.class.getName().substring(0, StackLook.class.getName().length() - "StackLook".length());

    /** Whether the program has hidden classes that may store. */
    static volatile boolean hiddenClasses;

    /** Names of the classes whose callers are looked for instead; replaced as a whole. */
    private static volatile HashSet<String> transparent = new HashSet<>();

    private final boolean callerOnly;

    private StackLook(boolean callerOnly) {
        this.callerOnly = callerOnly;
    }

    /** Called first before the program starts, which initializes the class. */
    static void warmUp() {}

    /** From now on the callers of this class are looked for instead of itself. */
    static synchronized void addTransparent(String className) {
        HashSet<String> more = new HashSet<>(transparent);
        more.add(className);
        transparent = more;
        Sites.forgetLooks();
    }

    /**
     * The nearest frame outside the JDK and the transparent classes; where there are only such, the nearest of these; null
     * where there is none.
     */
    static StackTraceElement caller() {
        StackTraceElement[] found = WALKER.walk(CALLER);
        return found.length == 0 ? null : found[0];
    }

    /** All frames, without those of the runtime, innermost first. */
    static StackTraceElement[] whole() {
        if (hiddenClasses) {
            return WALKER.walk(WHOLE);
        }
        StackTraceElement[] trace = new Throwable().getStackTrace();
        int first = 0;
        while (first < trace.length && trace[first].getClassName().startsWith(RUNTIME_PREFIX)) {
            first++;
        }
        int depth = Math.min(trace.length - first, MAX_FRAMES);
        StackTraceElement[] rest = new StackTraceElement[depth];
        System.arraycopy(trace, first, rest, 0, depth);
        return rest;
    }

    /** Whether a native method outside the JDK is under way on this thread. */
    static boolean hasNative() {
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            if (frame.isNativeMethod() && !isJdk(frame.getModuleName(), frame.getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** The same in a stack. */
    static StackTraceElement callerIn(StackTraceElement[] trace) {
        StackTraceElement nearest = null;
        for (StackTraceElement frame : trace) {
            if (!isJdk(frame.getModuleName(), frame.getClassName())) {
                if (!transparent.contains(frame.getClassName())) {
                    return frame;
                }
                nearest = nearest == null ? frame : nearest;
            }
        }
        return nearest;
    }

    @Override
    public StackTraceElement[] apply(Stream<StackFrame> stream) {
        return callerOnly ? caller(stream.iterator()) : whole(stream.iterator());
    }

    private static StackTraceElement[] caller(Iterator<StackFrame> frames) {
        StackFrame nearest = null;
        while (frames.hasNext()) {
            StackFrame frame = frames.next();
            Class<?> type = frame.getDeclaringClass();
            if (isJdk(type) || type.getName().startsWith(RUNTIME_PREFIX)) {
                continue;
            }
            if (transparent.contains(type.getName())) {
                nearest = nearest == null ? frame : nearest;
                continue;
            }
            StackTraceElement element = frame.toStackTraceElement();
            if (hasPlace(element, type)) {
                return new StackTraceElement[] {element};
            }
        }
        return nearest == null ? NONE : new StackTraceElement[] {nearest.toStackTraceElement()};
    }

    private static StackTraceElement[] whole(Iterator<StackFrame> frames) {
        ArrayList<StackTraceElement> found = new ArrayList<>();
        while (found.size() < MAX_FRAMES && frames.hasNext()) {
            StackFrame frame = frames.next();
            Class<?> type = frame.getDeclaringClass();
            if (!type.getName().startsWith(RUNTIME_PREFIX)) {
                StackTraceElement element = frame.toStackTraceElement();
                if (hasPlace(element, type)) {
                    found.add(element);
                }
            }
        }
        return found.toArray(NONE);
    }

    /** False of what the JDK generates to call a lambda or a method handle, which has no line. */
    private static boolean hasPlace(StackTraceElement element, Class<?> type) {
        return element.getLineNumber() != NO_LINE || !isJdk(type) && !type.isHidden();
    }

    static boolean isJdk(Class<?> type) {
        return isJdk(type.getModule().getName(), type.getName());
    }

    private static boolean isJdk(String module, String className) {
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."))
                || className.startsWith("io.pmemcheckj.api.");
    }
}
