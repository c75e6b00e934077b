package io.pmemcheckj.agent;

import io.pmemcheckj.agent.jfr.FlightRecording;
import io.pmemcheckj.agent.model.Libraries;
import io.pmemcheckj.agent.model.Models;
import io.pmemcheckj.trace.layout.RingLayout;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Entry point of the agent: connects to the ring, puts the runtime into java.base, weaves, tests itself, and lets the
 * program start.
 */
public final class Agent {
    private static final int EXIT_USAGE = 2;
    private static final int EXIT_UNTRUSTED = 3;
    private static final int OLDEST = 17;
    private static final int NEWEST = 25;

    private static final String FAILURE = "pmemcheckj.attach.failure";

    /** The ring must stay mapped as long as the JVM lives. */
    private static MappedByteBuffer ring;

    private Agent() {}

    /** Called by the JVM before the program's main method, for {@code -javaagent}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        try {
            start(arguments, instrumentation);
        } catch (AgentException e) {
            System.err.println("pmemcheck-j: " + e.getMessage());
            Runtime.getRuntime().halt(e.isUsage() ? EXIT_USAGE : EXIT_UNTRUSTED);
        }
    }

    /**
     * Called by the JVM when the agent is attached to a program that runs. That program goes on whatever happens here: who attached
     * finds why it failed in the property {@value #FAILURE}.
     */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        if (ring != null) {
            return; // it is there already
        }
        try {
            start(arguments, instrumentation).trackExisting();
        } catch (AgentException e) {
            System.setProperty(FAILURE, e.getMessage());
        }
    }

    private static RuntimeLink start(String arguments, Instrumentation instrumentation) throws AgentException {
        RuntimeLink runtime = null;
        try {
            AgentOptions options = AgentOptions.parse(arguments);
            checkVersion();
            hideFromClassPath();
            File file = options.ring() != null
                    ? options.ring().toFile()
                    : TraceProcess.start(options).toFile();
            ring = map(file);
            runtime = RuntimeInjector.inject(instrumentation, OwnJar.file());
            runtime.connect(ring, options);
            Models models = ModelSources.read(options.models());
            runtime.functions(models.functions());
            if (options.childTraces() != null) {
                runtime.followChildren(OwnJar.file().getAbsolutePath(), options.forChild());
            }
            Weaver weaver = new Weaver(
                    runtime,
                    new Libraries(models, runtime),
                    options.values(),
                    options.loads(),
                    options.childTraces() != null);
            weave(instrumentation, weaver, runtime);
            new SelfTest(runtime, options.values(), options.loads()).run(file);
            runtime.weaveHidden(weaver);
            runtime.ready();
            describe(runtime, options);
            record(runtime, options, weaver, instrumentation);
            return runtime;
        } catch (AgentException e) {
            failed(runtime, e.getMessage());
            throw e;
        } catch (RuntimeException | LinkageError e) {
            String message = "the tracer failed to start: " + e;
            failed(runtime, message);
            throw AgentException.failure(message, e);
        }
    }

    private static void failed(RuntimeLink runtime, String message) {
        if (runtime != null) {
            runtime.failed(message);
        }
    }

    private static void checkVersion() throws AgentException {
        int feature = Runtime.version().feature();
        if (feature < OLDEST || feature > NEWEST) {
            throw AgentException.usage(
                    "Java " + feature + " is not supported; use a JDK from " + OLDEST + " to " + NEWEST);
        }
    }

    /** The JVM appends the agent's jar to java.class.path; the program must not see that. */
    private static void hideFromClassPath() {
        String path = System.getProperty("java.class.path");
        int last = path == null ? -1 : path.lastIndexOf(File.pathSeparatorChar) + 1;
        if (last >= 0 && isOwnJar(path.substring(last))) {
            System.setProperty("java.class.path", path.substring(0, Math.max(last - 1, 0)));
        }
    }

    private static boolean isOwnJar(String path) {
        try {
            return OwnJar.file().getCanonicalFile().equals(new File(path).getCanonicalFile());
        } catch (IOException | AgentException e) {
            return false;
        }
    }

    private static MappedByteBuffer map(File file) throws AgentException {
        if (!file.isFile()) { // or it would be created
            throw AgentException.failure("cannot open the ring " + file + ": there is no such file", null);
        }
        try (RandomAccessFile open = new RandomAccessFile(file, "rw")) {
            return open.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, RingLayout.FILE_BYTES);
        } catch (IOException e) {
            throw AgentException.failure("cannot open the ring " + file + ": " + e, e);
        }
    }

    /**
     * Weaves what is loaded; from now on the rest is woven when it is loaded, the JDK's classes too. None of those is
     * loaded by the agent in the midst of weaving, when the JVM would pass it by.
     */
    private static void weave(Instrumentation instrumentation, Weaver weaver, RuntimeLink runtime)
            throws AgentException {
        instrumentation.addTransformer(weaver, true);
        List<Class<?>> loaded = new ArrayList<>();
        List<Class<?>> ofProgram = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!type.isArray() && instrumentation.isModifiableClass(type)) {
                String name = type.getName().replace('.', '/');
                if (!isOfJdk(type)) {
                    ofProgram.add(type);
                } else if (weaver.coversJdk(name)) {
                    loaded.add(type);
                }
            }
        }
        try {
            instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException e) {
            throw AgentException.failure("the JVM does not let its classes be woven: " + e, e);
        }
        if (weaver.jdkFailure() != null) {
            throw AgentException.failure("cannot weave the JDK: " + weaver.jdkFailure(), weaver.jdkFailure());
        }
        weaveLoaded(instrumentation, ofProgram, runtime);
    }

    /** There are many only if the agent is attached late; one that the JVM refuses must not keep the others from it. */
    private static void weaveLoaded(Instrumentation instrumentation, List<Class<?>> types, RuntimeLink runtime) {
        try {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | LinkageError e) {
            for (Class<?> type : types.size() > 1 ? types : List.<Class<?>>of()) {
                weaveLoaded(instrumentation, List.of(type), runtime);
            }
            if (types.size() == 1) {
                runtime.distrustMarks(); // its stores are seen in the JDK, and attributed by the stack
            }
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule() || Weaver.isJdk(type.getModule());
    }

    private static void record(
            RuntimeLink runtime, AgentOptions options, Weaver weaver, Instrumentation instrumentation) {
        FlightRecording recording = new FlightRecording(
                runtime,
                ring,
                new FlightRecording.Settings(
                        options.stacks(), options.values(), options.loads(), options.emulatedFolders() != null));
        if (runtime.startsFlightRecording() || hasFlightRecorder(instrumentation)) {
            recording.begin(); // at once, to miss nothing
        } else {
            weaver.takePartIn(recording);
        }
    }

    /** Whether JDK Flight Recorder is in use already, as it can be where the agent is attached late. */
    private static boolean hasFlightRecorder(Instrumentation instrumentation) {
        String sign = FlightRecording.FIRST_SIGN.replace('/', '.');
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getName().equals(sign)) {
                return true;
            }
        }
        return false;
    }

    private static void describe(RuntimeLink runtime, AgentOptions options) {
        runtime.property("java", System.getProperty("java.version"));
        runtime.property("pid", Long.toString(ProcessId.current()));
        runtime.property("page-size", "4096");
        runtime.property("cwd", System.getProperty("user.dir"));
        runtime.property("values", String.valueOf(options.values()));
        runtime.property("loads", String.valueOf(options.loads()));
        runtime.property("audit", String.valueOf(options.audit()));
        runtime.property("stacks", options.stacks());
        runtime.property("emulate-pmem", String.valueOf(options.emulatedFolders() != null));
        String command = System.getProperty("sun.java.command");
        if (command != null) {
            runtime.property("main", command);
        }
    }
}
