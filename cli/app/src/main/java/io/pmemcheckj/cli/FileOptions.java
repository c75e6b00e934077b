package io.pmemcheckj.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which mapped files count, and how they persist: for all commands that replay a trace. */
final class FileOptions {
    private static final List<String> DOMAINS = List.of("auto", "adr", "eadr", "page-cache");

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            defaultValue = "auto",
            description =
                    "What a flush and a fence mean: auto, adr, eadr, page-cache (default: ${DEFAULT-VALUE}, by how"
                            + " each file is mapped).")
    String domain;

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

    /** @throws CommandException for an unknown domain */
    void check() {
        Choice.of("--domain", domain, DOMAINS);
    }
}
