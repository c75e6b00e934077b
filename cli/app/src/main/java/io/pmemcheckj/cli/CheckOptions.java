package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.OrderHabits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that {@code run} and {@code analyze} share. */
final class CheckOptions {
    @Mixin
    OutputOptions output;

    @Mixin
    FileOptions files;

    @Mixin
    GateOptions gate;

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

    /** Options of the analysis, checked as far as the command line alone can tell. */
    AnalysisOptions analysisOptions() {
        files.check();
        return new AnalysisOptions(
                files.domain,
                RuleSelection.of(rules),
                orderFiles,
                after,
                new OrderHabits(orderSupport, orderConfidence),
                files.segments,
                files.excludedSegments);
    }
}
