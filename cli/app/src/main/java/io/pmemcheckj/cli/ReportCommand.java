package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description =
                "Renders other formats from a JSON report. text and github go to stdout, every other format to a file"
                        + " beside the JSON report, or in --report-dir.")
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private HelpOption help;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            required = true,
            description = "Formats to render: text, html, json, sarif, junit, github.")
    private List<String> formats;

    @Mixin
    private SourcesOption sources;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "Which findings are failed tests in junit: error, warning, note, never"
                    + " (default: ${DEFAULT-VALUE}).")
    private String failOn;

    @Option(names = "--report-dir", paramLabel = "DIR", description = "Folder to write to.")
    private Path folder;

    @Parameters(arity = "1", paramLabel = "report.json", description = "A report that run or analyze wrote.")
    private Path file;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        FailOn threshold = Choice.of("--fail-on", failOn, FailOn.values());
        List<ReportFormat> wanted = Formats.parse(formats, threshold);
        Sources code = sources.open();
        Report report = ReportFile.read(file);
        Path beside = file.toAbsolutePath().getParent();
        ReportFolder target = ReportFolder.open(folder == null ? beside : folder);
        boolean trusted = true;
        for (ReportFormat format : wanted) {
            if (format.isForConsole()) {
                format.write(report, code, console.out());
            } else {
                trusted &= target.write(report, format, code, console);
            }
        }
        return (trusted ? ExitCode.CLEAN : ExitCode.UNTRUSTED).number();
    }
}
