package io.pmemcheckj.trace;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Remembers events, each as a list of its method's name and its arguments, so that two traces can be compared. */
public final class RecordedTrace implements InvocationHandler {
    private final List<List<Object>> events = new ArrayList<>();
    private final Map<Object, Object> sites = new HashMap<>(Map.of(TraceVisitor.UNKNOWN_SITE, "-"));
    private final boolean resolveSites;

    private RecordedTrace(boolean resolveSites) {
        this.resolveSites = resolveSites;
    }

    /** Remembers everything as it comes. */
    public static RecordedTrace exact() {
        return new RecordedTrace(false);
    }

    /** Remembers what sites stand for instead of their numbers and definitions, which the text form does not keep. */
    public static RecordedTrace withSitesResolved() {
        return new RecordedTrace(true);
    }

    public TraceVisitor visitor() {
        return (TraceVisitor)
                Proxy.newProxyInstance(TraceVisitor.class.getClassLoader(), new Class<?>[] {TraceVisitor.class}, this);
    }

    public List<List<Object>> events() {
        return events;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        List<Object> event = new ArrayList<>();
        event.add(method.getName());
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            event.add(comparable(argument));
        }
        if (resolveSites && method.getName().equals("site")) {
            sites.put(event.get(1), event.subList(2, event.size()));
            return null;
        }
        if (resolveSites && hasSite(method)) {
            event.set(2, sites.get(event.get(2)));
        }
        if (resolveSites && method.getName().equals("guardSite")) {
            event.set(1, sites.get(event.get(1)));
        }
        events.add(event);
        return null;
    }

    /** Arrays are equal to nothing but themselves. */
    private Object comparable(Object argument) {
        if (argument instanceof int[] frames) {
            return frames(frames);
        }
        return argument instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : argument;
    }

    private Object frames(int[] frames) {
        return Arrays.stream(frames)
                .mapToObj(site -> resolveSites ? sites.get(site) : (Object) site)
                .toList();
    }

    private static boolean hasSite(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return types.length >= 2
                && types[0] == int.class
                && types[1] == int.class
                && !method.getName().equals("sample");
    }
}
