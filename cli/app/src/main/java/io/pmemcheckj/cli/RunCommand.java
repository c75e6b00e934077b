package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.Analysis;
import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.gate.Gate;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Traces a program, replays the trace while it runs, prints findings and writes reports.",
        customSynopsis = {
            "pmemcheck-j run [OPTIONS] app.jar [ARGS...]",
            "       pmemcheck-j run [OPTIONS] -- JAVA_ARGUMENTS...",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pmemcheck-j run --emulate-pmem app.jar --port 80",
            "  pmemcheck-j run --fail-on warning -- -Xmx1g -cp 'lib/*' com.example.Main",
            "The program keeps stdin, stdout and its signals; its exit code is in the report. Findings go to stderr."
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private CheckOptions check;

    @Option(
            names = "--emulate-pmem",
            arity = "0..1",
            paramLabel = "DIR,...",
            preprocessor = EmulatePmem.OnlyAttached.class,
            description = "Let READ_WRITE_SYNC mappings work on any file system, and count as persistent memory: below"
                    + " these folders, or everywhere.")
    private String emulatePmem;

    @Option(names = "--keep-trace", paramLabel = "FILE", description = "Keep the trace, for analyze and dump.")
    private Path keptTrace;

    @Option(
            names = "--jfr",
            paramLabel = "FILE.jfr",
            description =
                    "Record the program with JDK Flight Recorder, too; reports then tell what ran beside findings and"
                            + " slow flushes: GC pauses, file I/O, waits.")
    private Path recording;

    @Option(names = "--values", description = "Record the bytes stored, too; the kept trace then carries them.")
    private boolean values;

    @Option(
            names = "--audit",
            description = "Prove that no store was missed: compare what the mapped files hold at the end with what the"
                    + " recorded stores left, and report what differs as untraced-write. Records values.")
    private boolean audit;

    @Option(
            names = "--loads",
            description = "Record what the program reads from mapped files, and how its threads synchronize, too: for"
                    + " unpersisted-read, and for what readers rely on.")
    private boolean loads;

    @Option(
            names = "--stacks",
            paramLabel = "HOW",
            defaultValue = "sampled",
            description =
                    "Call stacks in findings: site (none, only the line), sampled, or full (of every store and flush,"
                            + " which costs microseconds each) (default: ${DEFAULT-VALUE}).")
    private String stacks;

    @Option(
            names = "--follow-children",
            description = "Trace the JVMs that the program starts, too, and those that they start; one report of all.")
    private boolean followChildren;

    @Option(
            names = "--expectations",
            paramLabel = "HOW",
            defaultValue = "fail-tests",
            description =
                    "What expectPersisted and expectOrdered do besides the report: fail-tests (fail the JUnit or TestNG"
                            + " test that called them) or report (nothing) (default: ${DEFAULT-VALUE}).")
    private String expectations;

    @Option(
            names = "--java",
            paramLabel = "PATH",
            description = "The JVM for the program, Java 17 to 25 (default: the one that runs this tool).")
    private String java;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = new ArrayList<>();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        // Everything that can be wrong is found before anything is started or created.
        Program program = Program.of(words, isVerbatim());
        JavaRuntime runtime = JavaRuntime.find(java, System.getenv("PATH"));
        FailOn threshold = check.output.threshold();
        List<ReportFormat> formats = Formats.ofCheck(check.output.formats, threshold);
        Sources sources = check.output.sources.open();
        Gate gate = check.gate.gate();
        List<String> agentOptions = agentOptions();
        List<String> modelLines = ModelFiles.check(check.models);
        AnalysisOptions options = check.analysisOptions();
        Analysis analysis = new Analysis(options);
        Outcome outcome = new Outcome(
                console,
                ReportFolder.open(check.output.reportFolder),
                formats,
                sources,
                threshold,
                check.output.quiet,
                gate);
        RunRecording recorded = RunRecording.create(recording);
        agentOptions.addAll(recorded.agentOptions());
        Path jar = OwnJar.path();
        try (ModelFiles models = ModelFiles.write(modelLines);
                ChildTraces children = ChildTraces.create(followChildren, keptTrace, options);
                KeptTrace trace = KeptTrace.create(keptTrace, values || audit);
                AuditOption auditor = audit ? AuditOption.in(check.output.reportFolder) : AuditOption.NONE) {
            TracedRun run = new TracedRun(
                    console, runtime, jar, agentOptions, program, analysis, trace, auditor, models, children, recorded);
            return run.execute(check.output.wantsProgress(), outcome).number();
        }
    }

    /** Whether a -- stood in front of the program: what picocli parsed last, it took from behind it. */
    private boolean isVerbatim() {
        List<String> original = spec.commandLine().getParseResult().originalArgs();
        int delimiter = original.size() - words.size() - 1;
        return delimiter >= 0 && original.get(delimiter).equals("--");
    }

    private List<String> agentOptions() {
        Choice.of("--stacks", stacks, List.of("site", "sampled", "full"));
        List<String> options = new ArrayList<>();
        if (emulatePmem != null) {
            options.add(EmulatePmem.agentOption(emulatePmem));
        }
        options.add("stacks=" + stacks);
        Choice.of("--expectations", expectations, List.of("fail-tests", "report"));
        options.add("expectations=" + expectations);
        if (loads || check.after != null) {
            options.add("loads");
        }
        if (audit) {
            options.add("audit");
        } else if (values) {
            options.add("values");
        }
        return options;
    }
}
