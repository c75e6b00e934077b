package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.gate.ReportDiff;
import io.pmemcheckj.report.DiffText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description =
                "Says which findings are new in the second report, and which are gone. Exits with 1 if one that is"
                        + " new is of the severity of --fail-on or worse, with 3 if the second report cannot be trusted.")
final class DiffCommand implements Callable<Integer>, IgnoresDefaults {
    private final Console console;

    @Mixin
    private HelpOption help;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private String format;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "Exit with 1 for new findings of this severity or worse: error, warning, note, never"
                    + " (default: ${DEFAULT-VALUE}).")
    private String failOn;

    @Parameters(index = "0", paramLabel = "A.json", description = "The earlier report.json.")
    private Path earlier;

    @Parameters(index = "1", paramLabel = "B.json", description = "The later report.json.")
    private Path later;

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        FailOn threshold = Choice.of("--fail-on", failOn, FailOn.values());
        Choice.of("--format", format, List.of("text", "json"));
        Report before = ReportFile.read(earlier);
        Report now = ReportFile.read(later);
        ReportDiff diff = ReportDiff.of(before, now);
        String text = format.equals("json") ? DiffText.json(diff) : DiffText.text(diff);
        console.out().write(text.getBytes(StandardCharsets.UTF_8));
        console.out().flush();
        for (String problem : now.run().problems()) {
            console.say(later + ": the check cannot be trusted: " + problem);
        }
        boolean trusted = now.run().complete() && now.run().problems().isEmpty();
        boolean worse = diff.added().stream().anyMatch(finding -> threshold.reachedBy(finding.severity()));
        return ExitCode.of(trusted, worse, 0).number();
    }
}
