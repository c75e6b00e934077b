package io.pmemcheckj.agent.jfr;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * Puts what the tracer knows into recordings. It begins when the JVM's recorder does, and touches nothing of it before:
 * merely asking to be told of recordings takes 30 ms on JDK 17.
 */
public final class FlightRecording {
    /** Internal name of the class whose load means that the recorder is about to be initialized. */
    public static final String FIRST_SIGN = "jdk/jfr/internal/PlatformRecorder";

    /** What is needed of the tracer's runtime. */
    public interface Runtime {
        /**
         * Has events told on the threads that make them.
         *
         * @param receiver takes the kind of an event (boxed), and an array of its values (longs), stamp and text; null for
         *     nobody
         */
        void observe(BiConsumer<Object, Object> receiver);

        /** A site in the form of Java stack traces; an empty text for none. */
        String place(int site);

        /**
         * What the latest flush of this thread found.
         *
         * @param stamp the flush's
         * @param longest nanoseconds to wait at most
         * @return lines in the range, dirty lines, dirty bytes; null when the replay does not say in time
         */
        long[] askFlush(long stamp, long longest);

        /** The files mapped now: for each address, length, device, inode and offset (an array of longs) and a path. */
        Object[] segments();

        /** Whether events still reach the replay. */
        boolean recording();

        /** Puts a fact about the run into the trace. */
        void property(String key, String value);
    }

    /**
     * How the program is traced.
     *
     * @param started when tracing began, in milliseconds since 1970, as the trace has it
     * @param stacks site, sampled or full
     * @param values whether the bytes stored are recorded
     * @param loads whether loads are
     * @param emulated whether persistent memory is emulated anywhere
     */
    public record Settings(long started, String stacks, boolean values, boolean loads, boolean emulated) {}

    private final Runtime runtime;
    private final MappedByteBuffer ring;
    private final Settings settings;

    /** @param ring the ring's file, mapped from its start */
    public FlightRecording(Runtime runtime, MappedByteBuffer ring, Settings settings) {
        this.runtime = runtime;
        this.ring = ring;
        this.settings = settings;
    }

    /** Takes part in all recordings from now on, if this JVM can record. */
    public void begin() {
        try {
            Recordings.begin(runtime, ring, settings); // nothing else here may need the module: it would be loaded
        } catch (LinkageError | RuntimeException e) {
            // No such module, or none that we may use: there are no recordings to take part in, or without us.
        }
    }

    /**
     * Records the whole run, with our events and what the JDK has of pauses and waits; after {@link #begin}. Where that cannot be,
     * the trace says why, in the property {@code jfr-failure}, and the program goes on.
     */
    public void record(Path file) {
        String failure;
        try {
            failure = RunRecording.start(file, runtime);
        } catch (LinkageError | RuntimeException e) {
            failure = e instanceof NoClassDefFoundError ? "this JVM has no module jdk.jfr" : e.toString();
        }
        if (failure != null) {
            runtime.property("jfr-failure", failure);
        }
    }

    /** Like {@link #begin}, from a thread that is not to wait for it, or must not use the recorder where it is. */
    public void beginAside() {
        Thread thread = new Thread(null, this::begin, "pmemcheck-j recording", 0, false);
        thread.setDaemon(true);
        thread.start();
    }
}
