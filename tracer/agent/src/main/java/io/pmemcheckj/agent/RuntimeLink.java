package io.pmemcheckj.agent;

import io.pmemcheckj.agent.jfr.FlightRecording;
import io.pmemcheckj.agent.model.Libraries;
import io.pmemcheckj.agent.transform.CallSiteWeaver;
import io.pmemcheckj.agent.transform.DeclaredOrders;
import java.nio.MappedByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Calls into the runtime's class Start, which this class cannot name: see {@link RuntimeInjector}. */
final class RuntimeLink
        implements CallSiteWeaver.SiteNumbers, DeclaredOrders.Receiver, Libraries.Runtime, FlightRecording.Runtime {
    private final BiFunction<String, Object[], Object> start;

    @SuppressWarnings("unchecked")
    RuntimeLink(Class<?> start) throws ReflectiveOperationException {
        this.start = (BiFunction<String, Object[], Object>)
                start.getDeclaredConstructor().newInstance();
    }

    private Object call(String method, Object... arguments) {
        return start.apply(method, arguments);
    }

    /** Defines a class in java.lang. */
    void define(byte[] classFile) {
        call("define", classFile);
    }

    /** A field of the program turned out to be volatile. */
    void volatileField(int number) {
        call("volatileField", number);
    }

    void connect(MappedByteBuffer ring, AgentOptions options) {
        if (options.loads()) {
            call("recordLoads");
        }
        if (options.loadedFolders() != null) {
            call("loadFiles", (Object) options.loadedFolders().toArray(new String[0]));
        }
        if (options.values()) {
            call("recordValues");
        }
        if (!options.failTests()) {
            call("reportExpectations");
        }
        List<String> folders = options.emulatedFolders();
        call(
                "connect",
                ring,
                folders == null ? null : folders.toArray(new String[0]),
                options.stacks(),
                ProcessId.current());
    }

    @Override
    public int register(String className, String file, String[] methods, int[] lines, boolean[] guards) {
        return (int) call("registerSites", className, file, methods, lines, guards);
    }

    @Override
    public int method(String name, String call, boolean internal) {
        return (int) call("method", name, call, internal);
    }

    @Override
    public void transparent(String className) {
        call("transparent", className);
    }

    /** JVMs that the program starts get the agent, with these options. */
    void followChildren(String jar, String options) {
        call("followChildren", jar, options);
    }

    /** Native functions and what a call of them does, a line each. */
    void functions(String lines) {
        call("functions", lines);
    }

    long[] lastRecord() {
        return (long[]) call("lastRecord");
    }

    @Override
    public void property(String key, String value) {
        call("property", key, value);
    }

    @Override
    public void gap(String reason) {
        call("gap", reason);
    }

    @Override
    public void declareOrder(String name, String first, String then) {
        call("declareOrder", name, first, then);
    }

    @Override
    public void observe(BiConsumer<Object, Object> receiver) {
        call("observe", receiver);
    }

    @Override
    public String place(int site) {
        return (String) call("place", site);
    }

    @Override
    public long[] askFlush(long stamp, long longest) {
        return (long[]) call("askFlush", stamp, longest);
    }

    @Override
    public Object[] segments() {
        return (Object[]) call("segments");
    }

    @Override
    public boolean recording() {
        return (boolean) call("recording");
    }

    /** Whether the JVM was told to start a flight recording before the program's main method. */
    boolean startsFlightRecording() {
        return (boolean) call("startsRecording");
    }

    /** Has each hidden class of the program woven; the weaver returns the very array where there is nothing to weave. */
    void weaveHidden(UnaryOperator<byte[]> weaver) {
        call("weaveHidden", weaver);
    }

    /** A class of the program does not mark its calls. */
    void distrustMarks() {
        call("distrustMarks");
    }

    void ready() {
        call("ready");
    }

    /** Files that are mapped already are looked at, too; after {@link #ready}. */
    void trackExisting() {
        call("trackExisting");
    }

    void failed(String message) {
        call("failed", message);
    }
}
