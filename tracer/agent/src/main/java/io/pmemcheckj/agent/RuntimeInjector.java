package io.pmemcheckj.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the runtime part of java.base, under names in java.lang.
 *
 * <p>There every class can call it, whatever its loader delegates (java.* is always delegated) and whatever its module
 * reads; nothing is appended to the boot class path, which would make the VM print a warning on the program's stdout and
 * give up its class archive; and JDK internals are within reach. The idea of a class injected into java.lang is
 * JaCoCo's.
 */
public final class RuntimeInjector {
    private static final String SOURCE = "io/pmemcheckj/runtime/";
    private static final String TARGET = "java/lang/PmemcheckJ$";

    public static final String HOOKS = TARGET + "Hooks";
    public static final String HAND_OFFS = TARGET + "HandOffs";
    public static final String REQUESTS = TARGET + "Requests";
    public static final String NATIVE_SYMBOLS = TARGET + "NativeSymbols";
    public static final String METHOD_MODELS = TARGET + "MethodModels";
    public static final String NATIVE_CALLS = TARGET + "NativeCalls";
    public static final String CHILDREN = TARGET + "Children";
    public static final String INTERNAL_UNSAFE = TARGET + "InternalUnsafe";

    private static final String CARRIER = "Carrier";
    private static final int FIRST_WITH_CARRIERS = 21;

    /** The first defines the others. A class comes after those it extends; everything else links lazily. */
    private static final List<String> CLASSES = List.of(
            "Start",
            "Ring",
            CARRIER,
            "SpinLock",
            "Folders",
            "Emulation",
            "PmemDevice",
            "FileIdentity",
            "FileSet",
            "MemoryMapLine",
            "Bounds",
            "RecentLooks",
            "Tracked",
            "ProcFile",
            "DescriptorInfo",
            "NamedFile",
            "FileNames$Exists",
            "FileNames",
            "FileWrites",
            "FileLoads",
            "VolatileMemory",
            "VolatilePointers",
            "Backtrace",
            "Sites$Look",
            "Sites$Block",
            "Sites$Frame",
            "Sites$IntArray",
            "StackLook",
            "HiddenClasses",
            "Sites",
            "HandOffs",
            "Observer",
            "FlushQuestion",
            "FlightRecorder",
            "Recorder",
            "Recorders",
            "Mappings",
            "Expectations",
            "Hooks",
            "Notes",
            "Operand$MissingException",
            "Operand$1",
            "ReadableMemory",
            "Operand",
            "ForeignSegments",
            "Call",
            "CallEvent",
            "CallModel",
            "FunctionModels",
            "MethodModels$Method",
            "MethodModels$Open",
            "MethodModels",
            "NativeSymbols$Table",
            "NativeSymbols",
            "NativeCalls$Wrapping",
            "NativeCalls",
            "Requests",
            "Children");

    private RuntimeInjector() {}

    /**
     * Defines the runtime's classes.
     *
     * @param classes the agent's jar, or a folder of classes
     * @return what lets the agent talk to them
     * @throws AgentException when this JVM does not take them
     */
    static RuntimeLink inject(Instrumentation instrumentation, File classes) throws AgentException {
        try (RuntimeClasses originals = new RuntimeClasses(classes)) {
            openJavaLang(instrumentation);
            MethodHandles.Lookup javaLang = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
            ConstantRenaming renaming = renaming();
            RuntimeLink runtime = null;
            for (String name : CLASSES) {
                byte[] original = originals.read(SOURCE + name);
                byte[] renamed =
                        renaming.apply(name.equals(CARRIER) ? carriers().apply(original) : original);
                if (runtime == null) {
                    runtime = new RuntimeLink(javaLang.defineClass(renamed));
                } else {
                    runtime.define(renamed);
                }
            }
            return runtime;
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            throw AgentException.failure("cannot define the tracer's runtime in this JVM: " + e, e);
        }
    }

    /** Names of the runtime's classes within their package. */
    static List<String> classes() {
        return CLASSES;
    }

    private static void openJavaLang(Instrumentation instrumentation) {
        Module agent = RuntimeInjector.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(agent)), Set.of(), Map.of());
    }

    /** Moves a class of the runtime into java.lang. */
    static ConstantRenaming renaming() {
        return new ConstantRenaming(SOURCE, TARGET, SOURCE.replace('/', '.'), TARGET.replace('/', '.'));
    }

    /** Lets the runtime's Carrier ask for the carrier thread where there are any. */
    private static ConstantRenaming carriers() {
        return Runtime.version().feature() < FIRST_WITH_CARRIERS
                ? new ConstantRenaming()
                : new ConstantRenaming("currentThread", "currentCarrierThread");
    }
}
