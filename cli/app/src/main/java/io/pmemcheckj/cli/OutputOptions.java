package io.pmemcheckj.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What becomes of the result: for all commands that check something. */
final class OutputOptions {
    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            defaultValue = "pmemcheck-report",
            description = "Folder for report.json, report.html and what --format asks for (default: ${DEFAULT-VALUE}).")
    Path reportFolder;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            description =
                    "Reports to write besides report.json and report.html: text, json, html, sarif, junit, github (printed,"
                            + " too).")
    List<String> formats = new ArrayList<>();

    @Mixin
    SourcesOption sources;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "Exit with 1 for findings of this severity or worse: error, warning, note, never"
                    + " (default: ${DEFAULT-VALUE}).")
    String failOn;

    @Option(names = "--quiet", description = "Print no findings and no progress, only what went wrong.")
    boolean quiet;

    @Option(names = "--no-progress", description = "Show no progress line (there is one only on a terminal).")
    boolean noProgress;

    FailOn threshold() {
        return Choice.of("--fail-on", failOn, FailOn.values());
    }

    boolean wantsProgress() {
        return !quiet && !noProgress && Terminal.onStderr();
    }
}
