package io.pmemcheckj.agent;

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
 * had read but not yet written along.
 *
 * <p>While the ring's file, {@code TRACE.ring}, is there, the trace is not complete.
 */
public final class TraceProcess {
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
        Path ring = Path.of(trace + ".ring");
        try {
            new TraceFileWriter(trace).close(); // now, so that the program does not start when it cannot be written
            RingConsumer.prepare(ring);
        } catch (IOException e) {
            throw AgentException.usage("option keep-trace: " + e.getMessage());
        }
        ProcessBuilder builder = OwnProcess.of(
                TraceProcess.class.getName(),
                List.of(
                        ring.toString(),
                        trace.toString(),
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

    /**
     * Runs in the process.
     *
     * @param arguments ring file, trace file, process id of the traced process, whether values are recorded,
     *     whether to audit
     * @throws Exception whatever ends it; the trace then lacks its end, which its reader reports
     */
    public static void main(String[] arguments) throws Exception {
        Path ring = Path.of(arguments[0]);
        long program = Long.parseLong(arguments[2]);
        try (RingConsumer consumer = RingConsumer.open(ring)) {
            if (Boolean.parseBoolean(arguments[3])) {
                consumer.tellFileContents();
            }
            Path trace = Path.of(arguments[1]).toAbsolutePath();
            try (TraceFileWriter writer = new TraceFileWriter(trace);
                    Auditor auditor = new Auditor(writer, List.of(trace.getParent(), TEMPORARY))) {
                List<TraceVisitor> visitors =
                        new ArrayList<>(List.of(writer)); // the check last: what fails has been written
                if (Boolean.parseBoolean(arguments[4])) {
                    visitors.add(0, auditor);
                }
                for (LiveCheck check : ServiceLoader.load(LiveCheck.class)) {
                    visitors.add(check.visitor());
                    consumer.tell(check.insight());
                    consumer.beforeDelivered(() -> check.answer(consumer));
                }
                TraceVisitor visitor = visitors.size() == 1 ? writer : new TeeVisitor(visitors);
                while (isAlive(program)) {
                    try {
                        if (consumer.drain(visitor) == 0) {
                            Thread.sleep(PAUSE_MILLIS);
                        }
                    } catch (RuntimeException e) { // a fault of the check must not take the trace along
                        consumer.beforeDelivered(() -> {});
                        consumer.tell(null);
                        visitor = writer;
                        writer.gap("the check beside the program failed, please report it: " + e);
                    }
                }
                consumer.finish(visitor);
            }
        } finally {
            Files.deleteIfExists(ring);
        }
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
