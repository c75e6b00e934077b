package io.pmemcheckj.cli;

import io.pmemcheckj.analysis.Analysis;
import io.pmemcheckj.analysis.AnalysisOptions;
import io.pmemcheckj.analysis.MergedReport;
import io.pmemcheckj.analysis.RunFacts;
import io.pmemcheckj.crash.check.ImageFolder;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.gate.AnnotatedSuppression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The traces of {@code --follow-children}: of JVMs that the program started, each written by a process of its own. */
final class ChildTraces implements AutoCloseable {
    private final Path folder;
    private final String prefix;
    private final boolean temporary;
    private final AnalysisOptions options;
    private final Set<AnnotatedSuppression> annotated = new LinkedHashSet<>();

    private ChildTraces(Path folder, String prefix, boolean temporary, AnalysisOptions options) {
        this.folder = folder;
        this.prefix = prefix;
        this.temporary = temporary;
        this.options = options;
    }

    /**
     * @param wanted whether children are followed
     * @param keptTrace file of {@code --keep-trace}, beside which those of the children are kept, or null
     * @param options of the analysis
     * @throws CommandException when there is no room for them
     */
    static ChildTraces create(boolean wanted, Path keptTrace, AnalysisOptions options) {
        if (!wanted) {
            return new ChildTraces(null, null, false, options);
        }
        if (keptTrace != null) {
            Path file = keptTrace.toAbsolutePath();
            return new ChildTraces(file.getParent(), file.getFileName() + ".child-", false, options);
        }
        try {
            return new ChildTraces(Files.createTempDirectory("pmemcheck-j").toRealPath(), "child-", true, options);
        } catch (IOException e) {
            throw CommandException.untrusted("cannot make a folder for the traces of children: " + Console.reason(e));
        }
    }

    /** What the agent is told, with nothing where children are not followed. */
    List<String> agentOptions() {
        return folder == null ? List.of() : List.of("follow-children=" + folder.resolve(prefix + "%p-%t.trace"));
    }

    /**
     * One report of the program and its children.
     *
     * @param program the report on the program alone
     * @param facts what is known of the run
     */
    Report merge(Report program, RunFacts facts) throws IOException {
        if (folder == null) {
            return program;
        }
        Map<String, Report> runs = new LinkedHashMap<>();
        runs.put("the program", program);
        long bytes = facts.traceBytes();
        for (Path file : files()) {
            Analysis analysis = new Analysis(options);
            new TraceInput(file).read(analysis.visitor());
            String name = analysis.processName();
            runs.put(
                    name,
                    analysis.finish(new RunFacts(
                            facts.toolVersion(), List.of(name), null, null, 0, Files.size(file), List.of())));
            annotated.addAll(analysis.annotatedSuppressions());
            bytes += Files.size(file);
        }
        return runs.size() == 1
                ? program
                : MergedReport.of(
                        runs,
                        new RunFacts(
                                facts.toolVersion(),
                                facts.command(),
                                null,
                                facts.exitCode(),
                                facts.durationMs(),
                                bytes,
                                List.of()));
    }

    /** What the code of the children says of findings. */
    List<AnnotatedSuppression> annotatedSuppressions() {
        return new ArrayList<>(annotated);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(".trace"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        try {
            if (temporary) {
                ImageFolder.delete(folder);
            }
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }
}
