package io.pmemcheckj.cli;

import io.pmemcheckj.gate.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which findings count: for all commands that check something. */
final class GateOptions {
    @Option(
            names = "--suppressions",
            paramLabel = "FILE",
            description = "File of findings that are no faults, each with a reason; repeatable.")
    private List<Path> suppressions = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description =
                    "Findings of this file (of --write-baseline, or a report.json) do not count: only new ones do.")
    private Path baseline;

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description = "Write what was found to this file, for --baseline. The exit code stays what it is.")
    private Path newBaseline;

    /** Reads the files, before anything is run. */
    Gate gate() {
        return Gate.open(suppressions, baseline, newBaseline);
    }
}
