package io.pmemcheckj.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Replays the traces of all forks of this module's build into one report.
 *
 * <p>Parameters are the options of the command {@code analyze}; what the pom does not give, the tool takes from
 * {@code .pmemcheck-j.yaml} in the folder where the whole project begins, or has defaults for.
 */
abstract class ReplayMojo extends PmemCheckMojo {
    static final String NEVER = "never";

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    private File buildFolder;

    /** Where the whole project begins: paths in reports are relative to it, and the project file is there. */
    @Parameter(defaultValue = "${maven.multiModuleProjectDirectory}", readonly = true, required = true)
    private File projectFolder;

    /** Reports to write besides {@code report.json} and {@code report.html}. */
    @Parameter(property = "pmemcheck-j.formats")
    private List<String> formats = new ArrayList<>();

    /** What a flush and a fence mean: {@code auto}, {@code adr}, {@code eadr} or {@code page-cache}. */
    @Parameter(property = "pmemcheck-j.domain")
    private String domain;

    /** Rules to switch on ({@code +ID}) or off ({@code -ID}). */
    @Parameter(property = "pmemcheck-j.rules")
    private List<String> rules = new ArrayList<>();

    /** Files that declare which stores must be persistent before which. */
    @Parameter(property = "pmemcheck-j.order")
    private List<File> order = new ArrayList<>();

    /** How often an undeclared order must be met before a break of it is suspicious. */
    @Parameter(property = "pmemcheck-j.orderSupport")
    private Integer orderSupport;

    /** Share of those that must keep it, above 0, at most 1. */
    @Parameter(property = "pmemcheck-j.orderConfidence")
    private Double orderConfidence;

    /** Files with findings that are accepted, each with the reason why. */
    @Parameter(property = "pmemcheck-j.suppressions")
    private List<File> suppressions = new ArrayList<>();

    /** Only findings that this file does not hold count. */
    @Parameter(property = "pmemcheck-j.baseline")
    private File baseline;

    /** File to write all findings to, as a baseline of later builds; this one does not fail for them. */
    @Parameter(property = "pmemcheck-j.writeBaseline")
    private File writeBaseline;

    /** Only mapped files whose path matches one of these globs count. */
    @Parameter(property = "pmemcheck-j.segments")
    private List<String> segments = new ArrayList<>();

    /** Mapped files whose path matches one of these globs do not count. */
    @Parameter(property = "pmemcheck-j.excludeSegments")
    private List<String> excludeSegments = new ArrayList<>();

    /** Folders and jars with source code for the reports; those of the module and its tests if none are given. */
    @Parameter(property = "pmemcheck-j.sources")
    private List<File> sources = new ArrayList<>();

    /** From which severity on findings fail the build, null for the tool's default. */
    abstract String failOn();

    @Override
    final void run() throws MojoExecutionException, MojoFailureException {
        List<TraceFolder.Trace> traces = traces().traces();
        requireTraces(traces);
        if (traces.isEmpty()) {
            getLog().info("no tests ran in this module: nothing to check");
            return;
        }
        Verdict verdict = new Tool(toolJar(), projectFolder.toPath()).analyze(arguments(traces), getLog());
        verdict.require(reportDir());
        requireNoRings();
    }

    /** Tests that ran outside of the agent must not look like tests without findings. */
    private void requireTraces(List<TraceFolder.Trace> traces) throws MojoExecutionException, MojoFailureException {
        for (TestReports reports : TestReports.below(buildFolder.toPath(), new Prepared(getPluginContext()).since())) {
            if (traces.stream().noneMatch(reports::mayComeFrom)) {
                throw new MojoFailureException("the check cannot be trusted: tests ran (" + reports.folder()
                        + "), but in no JVM with the agent. Is goal prepare-agent there, does an argLine in the pom begin with"
                        + " @{argLine}, and does the test plugin fork (forkCount above 0)?");
            }
        }
    }

    /** The tool has waited for the processes that write the traces; what is left now, nobody completes. */
    private void requireNoRings() throws MojoExecutionException, MojoFailureException {
        List<Path> rings = traces().rings();
        if (!rings.isEmpty()) {
            throw new MojoFailureException(
                    "the check cannot be trusted: a trace was not completed, as the process that writes it has been killed or"
                            + " still runs: " + rings);
        }
    }

    private List<String> arguments(List<TraceFolder.Trace> traces) {
        Arguments arguments = new Arguments()
                .option("--report-dir", reportDir())
                .option("--fail-on", writeBaseline == null ? failOn() : NEVER)
                .option("--domain", domain)
                .option("--order-support", orderSupport)
                .option("--order-confidence", orderConfidence)
                .option("--baseline", baseline)
                .option("--write-baseline", writeBaseline)
                .options("--suppressions", suppressions)
                .options("--format", formats)
                .options("--rules", rules)
                .options("--order", order)
                .options("--segments", segments)
                .options("--exclude-segments", excludeSegments)
                .options("--sources", sources.isEmpty() ? sourceRoots() : sources);
        traces.forEach(trace -> arguments.word(trace.file()));
        return arguments.words();
    }

    private List<File> sourceRoots() {
        List<String> roots = new ArrayList<>(project().getCompileSourceRoots());
        roots.addAll(project().getTestCompileSourceRoots());
        return roots.stream().map(File::new).filter(File::isDirectory).toList();
    }
}
