package io.pmemcheckj.agent;

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

    /** The ring must stay mapped as long as the JVM lives. */
    private static MappedByteBuffer ring;

    private Agent() {}

    /** Called by the JVM before the program's main method, for {@code -javaagent}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
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
            weave(instrumentation, weaver);
            new SelfTest(runtime, options.values(), options.loads()).run(file);
            runtime.weaveHidden(weaver);
            runtime.ready();
            describe(runtime, options);
        } catch (AgentException e) {
            refuse(runtime, e.getMessage(), e.isUsage() ? EXIT_USAGE : EXIT_UNTRUSTED);
        } catch (RuntimeException | LinkageError e) {
            refuse(runtime, "the tracer failed to start: " + e, EXIT_UNTRUSTED);
        }
    }

    private static void refuse(RuntimeLink runtime, String message, int exitCode) {
        if (runtime != null) {
            runtime.failed(message);
        }
        System.err.println("pmemcheck-j: " + message);
        Runtime.getRuntime().halt(exitCode);
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
    private static void weave(Instrumentation instrumentation, Weaver weaver) throws AgentException {
        instrumentation.addTransformer(weaver, true);
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (isToBeWoven(type, weaver) && instrumentation.isModifiableClass(type)) {
                loaded.add(type);
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
    }

    private static boolean isToBeWoven(Class<?> type, Weaver weaver) {
        if (type.getModule() == Object.class.getModule() || Weaver.isJdk(type.getModule())) {
            return weaver.coversJdk(type.getName().replace('.', '/'));
        }
        return !type.isArray() && !type.getName().startsWith("io.pmemcheckj.");
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
