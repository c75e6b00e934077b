package io.pmemcheckj.cli;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Handlers for the signals that would end this process. {@code sun.misc.Signal} is exported for such use, but javac
 * warns about any mention of it, hence the reflection.
 */
final class Signals {
    private Signals() {}

    /** Calls the handler, on a thread of its own, with the name of each INT, TERM and HUP that arrives from now on. */
    static void handle(Consumer<String> handler) {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            try {
                handle(name, handler);
            } catch (ReflectiveOperationException e) {
                // Started with -Xrs, or ignored by whoever started us (nohup): then it stays as it is.
            }
        }
    }

    private static void handle(String name, Consumer<String> handler) throws ReflectiveOperationException {
        Class<?> signalClass = Class.forName("sun.misc.Signal");
        Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "handle" -> handler.accept(name);
                        case "hashCode" -> {
                            return System.identityHashCode(self);
                        }
                        case "equals" -> {
                            return self == arguments[0];
                        }
                        default -> {
                            return name;
                        }
                    }
                    return null;
                });
        Object signal = signalClass.getConstructor(String.class).newInstance(name);
        Object before =
                signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, proxy);
        if (before == handlerClass.getField("SIG_IGN").get(null)) {
            signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, before);
        }
    }
}
