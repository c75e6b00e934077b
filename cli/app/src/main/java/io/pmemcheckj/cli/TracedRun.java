package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.Analysis;
import io.pmemcheckj.analysis.RunFacts;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.ring.RingConsumer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One traced run of a program: the ring, the program, the replay beside it, and what came of it. */
final class TracedRun {
    private final Console console;
    private final JavaRuntime runtime;
    private final Path jar;
    private final List<String> agentOptions;
    private final Program program;
    private final Analysis analysis;
    private final KeptTrace trace;
    private final AuditOption audit;
    private final ModelFiles models;
    private final ChildTraces children;
    private final RunRecording recording;
    private final List<String> problems = new ArrayList<>();

    TracedRun(
            Console console,
            JavaRuntime runtime,
            Path jar,
            List<String> agentOptions,
            Program program,
            Analysis analysis,
            KeptTrace trace,
            AuditOption audit,
            ModelFiles models,
            ChildTraces children,
            RunRecording recording) {
        this.console = console;
        this.runtime = runtime;
        this.jar = jar;
        this.agentOptions = agentOptions;
        this.program = program;
        this.analysis = analysis;
        this.trace = trace;
        this.audit = audit;
        this.models = models;
        this.children = children;
        this.recording = recording;
    }

    ExitCode execute(boolean showProgress, Outcome outcome) {
        Path ringFile = RingPlace.createFile();
        Thread cleaner = new Thread(() -> delete(ringFile));
        Runtime.getRuntime().addShutdownHook(cleaner);
        try (RingConsumer ring = RingConsumer.create(ringFile)) {
            return execute(ring, ringFile, showProgress, outcome);
        } catch (IOException e) {
            throw CommandException.untrusted(
                    "cannot make the trace's ring file " + ringFile + ": " + Console.reason(e));
        } finally {
            delete(ringFile);
            Runtime.getRuntime().removeShutdownHook(cleaner);
        }
    }

    private ExitCode execute(RingConsumer ring, Path ringFile, boolean showProgress, Outcome outcome)
            throws IOException {
        TraceVisitor visitor = audit.before(trace.and(analysis.visitor()));
        // Once the agent has mapped the ring, its name only stands in the way of cleaning up.
        analysis.judgeTests();
        RingPump pump = new RingPump(ring, visitor, analysis::testVisitors, () -> delete(ringFile));
        ring.beforeDelivered(() -> analysis.answer(ring::answer));
        ring.tell(analysis.insight());
        trace.command(program);
        if (trace.carriesValues()) {
            ring.tellFileContents();
        }
        long start = System.nanoTime();
        TracedProcess process = TracedProcess.start(runtime, agent(ringFile), program, console);
        pump.start();
        int exit = ProgressLine.during(
                process::waitFor, showProgress, console.err(), () -> ProgressLine.text(analysis.progress()));
        long durationMs = (System.nanoTime() - start) / 1_000_000;
        if (!ring.attached()) {
            return neverAttached(exit, ring);
        }
        pump.finish(exit);
        collectProblems(ring, pump);
        RunFacts facts = new RunFacts(
                Version.number(), program.command(), null, exit, durationMs, ring.records() * 16, problems);
        Report report =
                children.merge(analysis.finish(facts), facts).beside(recording.read(analysis.properties(), console));
        models.sayUnused(report, console);
        ExitCode exitCode = outcome.of(
                report,
                Stream.concat(analysis.annotatedSuppressions().stream(), children.annotatedSuppressions().stream())
                        .distinct()
                        .toList());
        return recording.isMissing() ? ExitCode.UNTRUSTED : exitCode;
    }

    private String agent(Path ringFile) throws IOException {
        List<String> options = new ArrayList<>(agentOptions);
        options.add(0, "ring=" + ringFile);
        options.addAll(models.agentOptions());
        options.addAll(children.agentOptions());
        return OwnJar.forAgent(jar, ringFile.getParent()) + "=" + String.join(",", options);
    }

    /**
     * The JVM printed why it did not start, which is the command line's fault, or was ended by something before it got
     * to the agent.
     */
    private ExitCode neverAttached(int exit, RingConsumer ring) {
        if (exit == 1) {
            console.say("the JVM did not start (exit code 1, its own message stands above); check the java arguments");
            return ExitCode.USAGE;
        }
        console.say("the program ended with exit code " + exit + " and its JVM never started the tracer; nothing was"
                + " checked");
        return ExitCode.UNTRUSTED;
    }

    private void collectProblems(RingConsumer ring, RingPump pump) {
        if (ring.agentFailure() != null) {
            problems.add("the tracer did not start: " + ring.agentFailure());
        } else if (!ring.ready()) {
            problems.add("the program ended before the tracer was ready");
        }
        if (pump.failure() != null) {
            problems.add("the replay failed, please report it: " + pump.failure());
        }
        String incomplete = trace.complete();
        if (incomplete != null) {
            problems.add(incomplete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }
}
