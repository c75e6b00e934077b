package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.CrashAnalysis;
import io.pmemcheckj.analysis.RunFacts;
import io.pmemcheckj.cli.doctor.Shell;
import io.pmemcheckj.crash.CrashOptions;
import io.pmemcheckj.crash.Explorer;
import io.pmemcheckj.crash.Journal;
import io.pmemcheckj.crash.check.CheckerException;
import io.pmemcheckj.crash.check.ImageKeeper;
import io.pmemcheckj.crash.engine.Engines;
import io.pmemcheckj.crash.state.Failure;
import io.pmemcheckj.crash.state.StateId;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.gate.Gate;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "crash",
        description =
                "Makes the files that a crash can leave, has a check judge them, and reports those that it refuses.",
        customSynopsis = "pmemcheck-j crash [OPTIONS] TRACE --check 'CMD {image}'",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pmemcheck-j run --values --keep-trace app.trace app.jar",
            "  pmemcheck-j crash app.trace --check 'java -cp app.jar app.Verify {image}'",
            "  pmemcheck-j crash app.trace --check-class app.Verify --class-path app.jar --engine exhaustive"
        })
final class CrashCommand implements Callable<Integer> {
    private static final long MOST_IMAGE = 1L << 30;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private TraceArgument trace;

    @Mixin
    private OutputOptions output;

    @Mixin
    private FileOptions files;

    @Mixin
    private CheckArguments check;

    @Mixin
    private GateOptions gate;

    @Option(
            names = "--failure",
            paramLabel = "WHAT",
            defaultValue = "power",
            description =
                    "What fails: power (what is not in the persistence domain is lost) or process (the kernel keeps what"
                            + " the program stored) (default: ${DEFAULT-VALUE}).")
    private String failure;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = Engines.DEFAULT,
            description =
                    "How states are chosen: representative, exhaustive, random, none, or those of pmreorder: check, full,"
                            + " partial, accumulative, reverse-accumulative (default: ${DEFAULT-VALUE}).")
    private String engine;

    @Option(
            names = "--marker-engine",
            paramLabel = "LABEL=NAME",
            description =
                    "From the marker with this label on, this engine chooses; repeatable. 'none' leaves out what comes"
                            + " then.")
    private Map<String, String> enginesByMarker = new LinkedHashMap<>();

    @Option(
            names = "--max-states",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Number of states to check at most (default: ${DEFAULT-VALUE}).")
    private long maxStates;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "What the exploration may take (default: ${DEFAULT-VALUE}).")
    private long timeLimit;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Where random choices begin (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of states judged at the same time (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--state",
            paramLabel = "ID",
            description = "Check this state alone, as an earlier report names it.")
    private String state;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description =
                    "Folder of the program's files: in an image they have the paths that they have below it (default: the"
                            + " working directory of the program).")
    private Path base;

    @Option(
            names = "--resume",
            description = "Go on where an exploration with the same options and the same --report-dir stopped.")
    private boolean resume;

    CrashCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        trace.check();
        FailOn threshold = output.threshold();
        List<ReportFormat> formats = Formats.ofCheck(output.formats, threshold);
        Sources sources = output.sources.open();
        checkOptions();
        Gate counting = gate.gate();
        CrashAnalysis analysis = new CrashAnalysis(files.domain, files.segments, files.excludedSegments);
        ReportFolder folder = ReportFolder.open(output.reportFolder);
        Outcome outcome = new Outcome(console, folder, formats, sources, threshold, output.quiet, counting);
        long start = System.nanoTime();
        trace.read(analysis.visitor());
        String values = analysis.property("values");
        if (values == null && !analysis.hasEnded()) {
            throw CommandException.untrusted(trace.file() + " is cut off before it says how it was made");
        }
        if (!"true".equals(values)) {
            throw CommandException.usage(trace.file() + " does not hold the bytes that were stored; keep a trace with"
                    + " run --values --keep-trace FILE");
        }
        String restart = "restart".equals(check.oracle) ? RestartCommand.of(analysis, check.java()) : null;
        try (Scratch scratch = Scratch.create(jobs * 2 * totalBytes(analysis))) {
            ImageKeeper images = new ImageKeeper(
                    folder.path().toAbsolutePath(),
                    base == null
                            ? analysis.property("cwd")
                            : base.toAbsolutePath().toString(),
                    MOST_IMAGE,
                    this::again);
            Explorer explorer = new Explorer(
                    options(analysis),
                    trace::read,
                    analysis.found(),
                    check.factory(
                            scratch,
                            images,
                            engine.equals(Engines.READS),
                            "true".equals(analysis.property("emulate-pmem")),
                            restart),
                    images,
                    analysis.segments());
            return explore(explorer, analysis, outcome, start).number();
        }
    }

    private void checkOptions() {
        check.check();
        files.check();
        Choice.of("--failure", failure, List.of("power", "process"));
        Choice.of("--engine", engine, Engines.names());
        enginesByMarker.forEach((label, name) -> Choice.of("--marker-engine " + label, name, Engines.names()));
        if (engine.equals(Engines.READS) && (check.checkClass == null || jobs > 1 || !enginesByMarker.isEmpty())) {
            throw CommandException.usage(
                    "--engine reads watches one check at a time: it needs --check-class, --jobs 1, and no --marker-engine");
        }
        if (base != null && "restart".equals(check.oracle)) {
            throw CommandException.usage("--base: --oracle restart finds the program's files by itself");
        }
        atLeastOne("--max-states", maxStates);
        atLeastOne("--time-limit", timeLimit);
        atLeastOne("--jobs", jobs);
        try {
            if (state != null) {
                StateId.parse(state);
            }
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--state " + state + " is not the id of a state");
        }
    }

    private static void atLeastOne(String option, long value) {
        if (value < 1) {
            throw CommandException.usage(option + " takes a number of at least 1; not " + value);
        }
    }

    private static long totalBytes(CrashAnalysis analysis) {
        return analysis.segments().stream().mapToLong(Report.Segment::size).sum();
    }

    private CrashOptions options(CrashAnalysis analysis) {
        return new CrashOptions(
                analysis.domain(),
                analysis.counts(),
                failure.equals("power") ? Failure.POWER : Failure.PROCESS,
                engine,
                enginesByMarker,
                maxStates,
                timeLimit,
                seed,
                jobs,
                state);
    }

    private ExitCode explore(Explorer explorer, CrashAnalysis analysis, Outcome outcome, long start)
            throws IOException {
        Signals.handle(name -> explorer.stop());
        Path progress = outcome.folder().path().resolve("crash.progress");
        Journal journal = state != null ? null : explorer.journal(progress, identity(), resume);
        ProgressLine.during(
                () -> run(explorer), output.wantsProgress(), console.err(), () -> CrashProgress.line(explorer));
        Report.Exploration exploration = explorer.summary(check.words());
        if (journal != null && exploration.coverage().equals("part")) {
            journal.close();
        } else if (journal != null) {
            journal.delete();
        }
        List<String> problems = new ArrayList<>(explorer.defects());
        if (explorer.stores() == 0) {
            problems.add("there is nothing to explore: the trace holds no store to a mapped file");
        }
        if ("signal".equals(exploration.stoppedBy())) {
            problems.add("a signal stopped the exploration");
        }
        RunFacts facts = new RunFacts(
                Version.number(),
                List.of("crash", trace.file().toString()),
                null,
                null,
                (System.nanoTime() - start) / 1_000_000,
                Files.size(trace.file()),
                problems);
        return outcome.of(analysis.finish(facts, explorer.findings(), exploration), analysis.annotatedSuppressions());
    }

    private Void run(Explorer explorer) {
        try {
            explorer.explore();
            return null;
        } catch (CheckerException e) {
            throw CommandException.usage(e.getMessage());
        } catch (IOException e) {
            throw CommandException.untrusted("cannot make the files of a crash: " + e.getMessage());
        }
    }

    /** The same for explorations that judge the same states in the same way. */
    private long identity() throws IOException {
        return Objects.hash(
                        trace.file().toAbsolutePath().toString(),
                        Files.size(trace.file()),
                        Files.getLastModifiedTime(trace.file()).toMillis(),
                        check.words(),
                        check.classPath,
                        base,
                        failure,
                        files.domain,
                        files.segments,
                        files.excludedSegments)
                & 0xffffffffL;
    }

    /** A command line that checks one state again, and leaves this report alone. */
    private String again(String id) {
        List<String> words = new ArrayList<>(List.of("pmemcheck-j")); // the command itself is the first argument
        boolean folder = false;
        for (String word : spec.commandLine().getParseResult().originalArgs()) {
            boolean names = word.equals("--report-dir");
            if (!folder && !names && !word.startsWith("--report-dir=") && !word.equals("--resume")) {
                words.add(Shell.word(word));
            }
            folder = names;
        }
        words.addAll(List.of(
                "--report-dir", Shell.word(output.reportFolder.resolve("again").toString()), "--state", id));
        return String.join(" ", words);
    }
}
