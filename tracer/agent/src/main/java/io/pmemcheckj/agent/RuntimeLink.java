package io.pmemcheckj.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.MappedByteBuffer;
import java.util.List;

/** Calls into the runtime's class Start, which this class cannot name: see {@link RuntimeInjector}. */
final class RuntimeLink {
    private final Class<?> start;
    private final MethodHandle registerSites;

    RuntimeLink(Class<?> start) {
        this.start = start;
        registerSites = find("registerSites", int.class, String.class, String.class, String[].class, int[].class);
    }

    private MethodHandle find(String name, Class<?> result, Class<?>... arguments) {
        try {
            return MethodHandles.publicLookup().findStatic(start, name, MethodType.methodType(result, arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(MethodHandle method, Object... arguments) {
        try {
            return method.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void connect(MappedByteBuffer ring, AgentOptions options) {
        List<String> folders = options.emulatedFolders();
        call(
                find("connect", void.class, MappedByteBuffer.class, String[].class, boolean.class, long.class),
                ring,
                folders == null ? null : folders.toArray(new String[0]),
                options.sampleStacks(),
                ProcessHandle.current().pid());
    }

    int registerSites(String className, String file, String[] methods, int[] lines) {
        try {
            return (int) registerSites.invokeExact(className, file, methods, lines);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long[] lastRecord() {
        return (long[]) call(find("lastRecord", long[].class));
    }

    void property(String key, String value) {
        call(find("property", void.class, String.class, String.class), key, value);
    }

    void gap(String reason) {
        call(find("gap", void.class, String.class), reason);
    }

    void ready() {
        call(find("ready", void.class));
    }

    void failed(String message) {
        call(find("failed", void.class, String.class), message);
    }
}
