package io.pmemcheckj.agent;

import io.pmemcheckj.trace.IgnoringVisitor;
import io.pmemcheckj.trace.TeeVisitor;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.audit.Auditor;
import io.pmemcheckj.trace.file.TraceFileWriter;
import io.pmemcheckj.trace.ring.LiveCheck;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The consumer for an agent that is used without the command line: a small process of its own that writes the trace file
 * and lives a moment longer than the traced one. A thread within the traced process would die with it and take what it
 * had read but not yet written along. The process also judges the program's tests; that may be all it does.
 *
 * <p>While the ring's file, {@code TRACE.ring}, is there, the trace is not complete.
 */
public final class TraceProcess {
    private static final String NO_TRACE = "-";
    private static final long PAUSE_MILLIS = 2;
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private TraceProcess() {}

    /**
     * Starts the process.
     *
     * @param options name the trace file to write, and what else the process is to do
     * @return the ring to record into
     * @throws AgentException when the trace cannot be written or the process cannot be started
     */
    static Path start(AgentOptions options) throws AgentException {
        Path trace = options.trace();
        Path ring = trace == null ? createRing() : createRing(trace);
        ProcessBuilder builder = OwnProcess.of(
                TraceProcess.class.getName(),
                List.of(
                        ring.toString(),
                        trace == null ? NO_TRACE : trace.toString(),
                        Long.toString(ProcessId.current()),
                        Boolean.toString(options.values()),
                        Boolean.toString(options.audit())));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            builder.start();
        } catch (IOException e) {
            throw AgentException.failure("cannot start the process that writes the trace: " + e, e);
        }
        return ring;
    }

    private static Path createRing(Path trace) throws AgentException {
        Path ring = Path.of(trace + ".ring");
        try {
            new TraceFileWriter(trace).close(); // now, so that the program does not start when it cannot be written
            RingConsumer.prepare(ring);
            return ring;
        } catch (IOException e) {
            throw AgentException.usage("option keep-trace: " + e.getMessage());
        }
    }

    private static Path createRing() throws AgentException {
        try {
            Path ring = Files.createTempFile("pmemcheck-j", ".ring");
            RingConsumer.prepare(ring);
            return ring;
        } catch (IOException e) {
            throw AgentException.failure("cannot make a file in " + TEMPORARY + ": " + e, e);
        }
    }

    /**
     * Runs in the process.
     *
     * @param arguments ring file, trace file or {@link #NO_TRACE}, process id of the traced process, whether values are
     *     recorded, whether to audit
     * @throws Exception whatever ends it; the trace then lacks its end, which its reader reports
     */
    public static void main(String[] arguments) throws Exception {
        Path ring = Path.of(arguments[0]);
        long program = Long.parseLong(arguments[2]);
        try (RingConsumer consumer = RingConsumer.open(ring)) {
            if (Boolean.parseBoolean(arguments[3])) {
                consumer.tellFileContents();
            }
            if (arguments[1].equals(NO_TRACE)) {
                while (isAlive(program) && !consumer.ready()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
                Files.deleteIfExists(ring); // its name is of no use any more
                TraceVisitor nobody = new IgnoringVisitor() {};
                drain(consumer, program, nobody, nobody);
            } else {
                write(consumer, program, Path.of(arguments[1]).toAbsolutePath(), Boolean.parseBoolean(arguments[4]));
            }
        } finally {
            Files.deleteIfExists(ring);
        }
    }

    private static void write(RingConsumer consumer, long program, Path trace, boolean audit) throws Exception {
        try (TraceFileWriter writer = new TraceFileWriter(trace);
                Auditor auditor = new Auditor(writer, List.of(trace.getParent(), TEMPORARY))) {
            drain(consumer, program, writer, audit ? new TeeVisitor(List.of(auditor, writer)) : writer);
        }
    }

    /** @param plain what is left when the check has failed */
    private static void drain(RingConsumer consumer, long program, TraceVisitor plain, TraceVisitor first)
            throws InterruptedException {
        List<LiveCheck> checks = new ArrayList<>();
        ServiceLoader.load(LiveCheck.class).forEach(checks::add);
        consumer.beforeDelivered(() -> checks.forEach(check -> check.answer(consumer)));
        checks.forEach(check -> consumer.tell(check.insight()));
        TraceVisitor written = first;
        while (isAlive(program)) {
            try {
                if (consumer.drain(with(checks, written)) == 0) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (RuntimeException e) { // a fault of the check must not take the trace along
                checks.clear();
                consumer.tell(null);
                written = plain;
                plain.gap("the check beside the program failed, please report it: " + e);
            }
        }
        consumer.finish(with(checks, written));
    }

    /** The checks come last: what fails has been written. */
    private static TraceVisitor with(List<LiveCheck> checks, TraceVisitor first) {
        if (checks.isEmpty()) {
            return first;
        }
        List<TraceVisitor> visitors = new ArrayList<>(List.of(first));
        checks.forEach(check -> visitors.addAll(check.visitors()));
        return new TeeVisitor(visitors);
    }

    /** A zombie, which only waits for its parent, is dead. */
    private static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2); // proc_pid_stat(5)
            return state != 'Z' && state != 'X';
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }
}
