package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.Analysis;
import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.gate.Gate;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "analyze",
        description = "Replays a kept trace and reports as run did: the same findings for the same options.")
final class AnalyzeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private HelpOption help;

    @Mixin
    private CheckOptions check;

    @Option(
            names = "--jfr",
            paramLabel = "FILE.jfr",
            description =
                    "Recording of the same run by JDK Flight Recorder; reports then tell what ran beside findings and"
                            + " slow flushes.")
    private Path recording;

    @Parameters(
            arity = "1..*",
            paramLabel = "TRACE",
            description = "Traces that run or the agent kept (keep-trace), or the text of one (dump); several make one"
                    + " report.")
    private List<Path> files;

    AnalyzeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<TraceInput> traces = files.stream()
                .map(Path::normalize)
                .distinct()
                .map(TraceInput::new)
                .toList();
        traces.forEach(TraceInput::check);
        FlightInput flight = FlightInput.open(recording);
        FailOn threshold = check.output.threshold();
        List<ReportFormat> formats = Formats.ofCheck(check.output.formats, threshold);
        Sources sources = check.output.sources.open();
        ModelFiles.check(check.models);
        if (!check.models.isEmpty()) {
            console.say("--models: what libraries did stands in the trace already; models given now change nothing");
        }
        Gate gate = check.gate.gate();
        AnalysisOptions options = check.analysisOptions();
        TraceAnalysis analysis = new TraceAnalysis(options, traces, new Analysis(options));
        Outcome outcome = new Outcome(
                console,
                ReportFolder.open(check.output.reportFolder),
                formats,
                sources,
                threshold,
                check.output.quiet,
                gate);
        ProgressLine.during(
                () -> {
                    analysis.replay();
                    return null;
                },
                check.output.wantsProgress(),
                console.err(),
                () -> ProgressLine.text(analysis.progress()));
        Report report = analysis.report(List.of()).beside(flight.of(analysis.identities(), List.of()));
        return outcome.of(report, analysis.annotatedSuppressions()).number();
    }
}
