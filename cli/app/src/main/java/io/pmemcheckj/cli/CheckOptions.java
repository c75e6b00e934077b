package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.OrderHabits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that {@code run} and {@code analyze} share. */
final class CheckOptions {
    private static final List<String> DOMAINS = List.of("auto", "adr", "eadr", "page-cache");

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
            description = "Reports to write besides report.json and report.html: text, json, html.")
    List<String> formats = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "Exit with 1 for findings of this severity or worse: error, warning, note, never"
                    + " (default: ${DEFAULT-VALUE}).")
    String failOn;

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            defaultValue = "auto",
            description =
                    "What a flush and a fence mean: auto, adr, eadr, page-cache (default: ${DEFAULT-VALUE}, by how"
                            + " each file is mapped).")
    String domain;

    @Option(
            names = "--rules",
            paramLabel = "±ID",
            split = ",",
            description = "Rules to switch on (+ID) or off (-ID); 'explain' lists them.")
    List<String> rules = new ArrayList<>();

    @Option(
            names = "--order",
            paramLabel = "FILE",
            description = "File that declares which stores must be persistent before which; repeatable.")
    List<Path> orderFiles = new ArrayList<>();

    @Option(
            names = "--after",
            paramLabel = "TRACE",
            description =
                    "The program runs on files that the run of this kept trace left: report reads of what that run had"
                            + " not made persistent, or not in order. Records loads.")
    Path after;

    @Option(
            names = "--order-support",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often an undeclared order must be met before a break of it is suspicious"
                    + " (default: ${DEFAULT-VALUE}).")
    int orderSupport;

    @Option(
            names = "--order-confidence",
            paramLabel = "P",
            defaultValue = "0.9",
            description = "Share of those that must keep it, above 0, at most 1 (default: ${DEFAULT-VALUE}).")
    double orderConfidence;

    @Option(
            names = "--models",
            paramLabel = "FILE",
            description =
                    "Model of a library: what its methods do to mapped memory; adds to those that ship; repeatable.")
    List<Path> models = new ArrayList<>();

    @Option(
            names = "--segments",
            paramLabel = "GLOB",
            description = "Only mapped files whose path matches count, for example '**/*.db'; repeatable.")
    List<String> segments = new ArrayList<>();

    @Option(
            names = "--exclude-segments",
            paramLabel = "GLOB",
            description = "Mapped files whose path matches do not count; repeatable.")
    List<String> excludedSegments = new ArrayList<>();

    @Option(names = "--quiet", description = "Print no findings and no progress, only what went wrong.")
    boolean quiet;

    @Option(names = "--no-progress", description = "Show no progress line (there is one only on a terminal).")
    boolean noProgress;

    FailOn threshold() {
        return Choice.of("--fail-on", failOn, FailOn.values());
    }

    /** Options of the analysis, checked as far as the command line alone can tell. */
    AnalysisOptions analysisOptions() {
        Choice.of("--domain", domain, DOMAINS);
        return new AnalysisOptions(
                domain,
                RuleSelection.of(rules),
                orderFiles,
                after,
                new OrderHabits(orderSupport, orderConfidence),
                segments,
                excludedSegments);
    }

    boolean wantsProgress() {
        return !quiet && !noProgress && Terminal.onStderr();
    }
}
