package io.pmemcheckj.runtime;

import java.nio.MappedByteBuffer;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import jdk.internal.misc.Unsafe;

/**
 * How the agent talks to the runtime. The agent knows the runtime's classes only by name (they are part of java.base in
 * the traced process), so everything here takes and returns JDK types; and because reflection and method handles cost
 * more than all else at start, it makes one object of this class and calls it through an interface of the JDK.
 */
public final class Start implements BiFunction<String, Object[], Object> {
    static MappedByteBuffer ring;
    static boolean values;
    /** Whether loads are recorded, and what synchronizes threads. */
    static boolean loads;

    /** The agent creates it. */
    public Start() {}

    /**
     * Calls one of the methods below.
     *
     * @param method its name
     * @param arguments its arguments, boxed
     * @return what it returns, boxed; null for void
     */
    @Override
    public Object apply(String method, Object[] arguments) {
        switch (method) {
            case "define":
                return define((byte[]) arguments[0]);
            case "registerSites":
                return registerSites(
                        (String) arguments[0],
                        (String) arguments[1],
                        (String[]) arguments[2],
                        (int[]) arguments[3],
                        (boolean[]) arguments[4]);
            case "recordValues":
                recordValues();
                return null;
            case "recordLoads":
                recordLoads();
                return null;
            case "loadFiles":
                loadFiles((String[]) arguments[0]);
                return null;
            case "connect":
                connect((MappedByteBuffer) arguments[0], (String[]) arguments[1], (String) arguments[2], (long)
                        arguments[3]);
                return null;
            case "property":
                property((String) arguments[0], (String) arguments[1]);
                return null;
            case "declareOrder":
                declareOrder((String) arguments[0], (String) arguments[1], (String) arguments[2]);
                return null;
            case "followChildren":
                Children.follow((String) arguments[0], (String) arguments[1]);
                return null;
            case "weaveHidden":
                @SuppressWarnings("unchecked")
                UnaryOperator<byte[]> weaver = (UnaryOperator<byte[]>) arguments[0];
                weaveHidden(weaver);
                return null;
            case "functions":
                FunctionModels.add((String) arguments[0]);
                return null;
            case "method":
                return MethodModels.register((String) arguments[0], (String) arguments[1], (boolean) arguments[2]);
            case "transparent":
                StackLook.addTransparent((String) arguments[0]);
                return null;
            case "reportExpectations":
                reportExpectations();
                return null;
            case "volatileField":
                HandOffs.addVolatileField((int) arguments[0]);
                return null;
            case "observe":
                @SuppressWarnings("unchecked")
                BiConsumer<Object, Object> receiver = (BiConsumer<Object, Object>) arguments[0];
                Observer.set(receiver);
                return null;
            case "place":
                return Sites.place((int) arguments[0]);
            case "askFlush":
                return FlushQuestion.ask((long) arguments[0], (long) arguments[1]);
            case "segments":
                return Mappings.tracked();
            case "recording":
                return !Tracked.disabled();
            case "startsRecording":
                return FlightRecorder.startsWithJvm();
            case "distrustMarks":
                Sites.distrustMarks();
                return null;
            case "gap":
                gap((String) arguments[0]);
                return null;
            case "lastRecord":
                return lastRecord();
            case "ready":
                ready();
                return null;
            case "trackExisting":
                Mappings.addAll();
                return null;
            case "failed":
                failed((String) arguments[0]);
                return null;
            default:
                throw new IllegalArgumentException(method);
        }
    }

    /**
     * Records the bytes stored, too, and lets a mapping call wait until the consumer knows what the file holds. Must
     * precede {@link #connect}.
     */
    public static void recordValues() {
        values = true;
    }

    /** Records loads and hand-offs, too. Must precede {@link #connect}. */
    public static void recordLoads() {
        loads = true;
        HandOffs.on = true;
    }

    /**
     * Records all reads of files below folders, too. Must precede {@link #connect}.
     *
     * @param folders absolute, without links
     */
    public static void loadFiles(String[] folders) {
        FileLoads.folders = folders;
    }

    /** Expectations that do not hold are for the report alone. */
    public static void reportExpectations() {
        Expectations.failTests = false;
    }

    /**
     * Connects the runtime to the ring. Must be the first call into the runtime but for those that define it.
     *
     * @param buffer the mapped ring file
     * @param emulatedFolders absolute folders below which READ_WRITE_SYNC is emulated; empty for everywhere, null for
     *     nowhere
     * @param stacks site, sampled or full
     */
    public static void connect(MappedByteBuffer buffer, String[] emulatedFolders, String stacks, long pid) {
        ring = buffer;
        Ring.setProgram(pid);
        Emulation.folders = emulatedFolders;
        Sites.sample(stacks);
        // Initialized now and not within the first hook, where class loading would be in the way.
        Recorders.warmUp();
    }

    /** Defines another class of the runtime, in java.base like this one. */
    public static Class<?> define(byte[] classFile) {
        return Unsafe.getUnsafe().defineClass(null, classFile, 0, classFile.length, null, null);
    }

    /** @see Sites#register */
    public static int registerSites(String className, String file, String[] methods, int[] lines, boolean[] guards) {
        return Sites.register(className, file, methods, lines, guards);
    }

    /** Has hidden classes woven; the weaver returns the very array where there is nothing to weave. */
    public static void weaveHidden(UnaryOperator<byte[]> weaver) {
        HiddenClasses.weaver = weaver;
    }

    /** Tells the consumer a fact about the run. */
    public static void property(String key, String value) {
        Recorders.current().define(io.pmemcheckj.trace.layout.RecordLayout.PROPERTY, new String[] {key, value});
    }

    /** Tells the consumer of an order that a class declares. */
    public static void declareOrder(String name, String first, String then) {
        Recorders.current()
                .define(io.pmemcheckj.trace.layout.RecordLayout.DECLARED_ORDER, new String[] {name, first, then});
    }

    /** Tells the consumer that something could not be woven. */
    public static void gap(String reason) {
        Recorders.current().define(io.pmemcheckj.trace.layout.RecordLayout.GAP, new String[] {reason});
    }

    /** Words of the latest record of this thread, for the self-test. */
    public static long[] lastRecord() {
        return Recorders.current().lastRecord();
    }

    /** The self-test passed: from here on the consumer reads. */
    public static void ready() {
        Recorders.forgetAll();
        Ring.reset();
        Tracked.lookForNativeMappings();
        Ring.ready();
    }

    /** The self-test did not pass; nothing is recorded from here on. */
    public static void failed(String message) {
        Tracked.disable();
        Ring.failed(message);
    }
}
