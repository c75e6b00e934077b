package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.Analysis;
import io.pmemcheckj.analysis.RunFacts;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "analyze",
        description = "Replays a kept trace and reports as run did: the same findings for the same options.")
final class AnalyzeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private HelpOption help;

    @Mixin
    private CheckOptions check;

    @Mixin
    private LaterOptions later;

    @Mixin
    private TraceArgument trace;

    AnalyzeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        trace.check();
        FailOn threshold = check.output.threshold();
        List<ReportFormat> formats = Formats.ofCheck(check.output.formats, threshold);
        Sources sources = check.output.sources.open();
        ModelFiles.check(check.models);
        if (!check.models.isEmpty()) {
            console.say("--models: what libraries did stands in the trace already; models given now change nothing");
        }
        Analysis analysis = new Analysis(check.analysisOptions());
        Outcome outcome = new Outcome(
                console, ReportFolder.open(check.output.reportFolder), formats, sources, threshold, check.output.quiet);
        long start = System.nanoTime();
        ProgressLine.during(
                () -> {
                    trace.read(analysis.visitor());
                    return null;
                },
                check.output.wantsProgress(),
                console.err(),
                () -> ProgressLine.text(analysis.progress()));
        long durationMs = (System.nanoTime() - start) / 1_000_000;
        Path file = trace.file();
        RunFacts facts = new RunFacts(
                Version.number(), List.of(file.toString()), null, null, durationMs, Files.size(file), List.of());
        return outcome.of(analysis.finish(facts)).number();
    }
}
