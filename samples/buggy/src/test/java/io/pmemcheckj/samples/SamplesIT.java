package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs every sample on every JDK and holds the report against the marks in its source, both ways. */
@Execution(ExecutionMode.CONCURRENT)
class SamplesIT {
    @TempDir
    private static Path scratch;

    private static final Map<Integer, Path> NEWER_SAMPLES = new HashMap<>();

    @TestFactory
    Stream<DynamicNode> samples() throws IOException {
        List<Samples.Sample> samples = Samples.all();
        return Jdks.all().stream()
                .map(jdk -> dynamicContainer(
                        jdk.toString(),
                        samples.stream()
                                .filter(sample -> sample.since() <= jdk.version())
                                .map(sample -> dynamicTest(sample.toString(), () -> check(jdk, sample)))));
    }

    private void check(Jdks.Jdk jdk, Samples.Sample sample) throws IOException, InterruptedException {
        Path folder = scratch.resolve(jdk.version() + "-" + sample.name() + "-" + sample.variant());
        Checker checker = new Checker(jdk, folder);
        Expectations expected = sample.expectations().ofRun();
        boolean clean = expected.marks().isEmpty();
        Path trace = folder.resolve("kept.trace");

        Run run = Run.of(folder, command(checker, jdk, sample, expected, trace));

        assertEquals(clean ? 0 : 1, run.exit(), run::describe);
        assertEquals(List.of(), expected.differences(Checker.findings(checker.report())), run::describe);
        if (!clean) {
            Run analysis = checker.analyze(withoutRunOptions(expected.options()), trace);
            assertEquals(1, analysis.exit(), analysis::describe);
            assertEquals(
                    checker.report().get("findings"),
                    checker.analyzedReport().get("findings"),
                    "analyze differs from run");
            Golden.check(sample.name(), Golden.normalise(run.stderr(), folder));
        }
    }

    private static List<String> command(
            Checker checker, Jdks.Jdk jdk, Samples.Sample sample, Expectations expected, Path trace)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--no-progress", "--keep-trace", trace.toString()));
        options.addAll(expected.options());
        List<String> arguments =
                List.of(sample.name(), sample.variant(), checker.folder().toString());
        List<String> program = new ArrayList<>();
        if (sample.since() > 17) {
            program.add("-cp");
            program.add(Compile.classPath(List.of(newerSamples(jdk), Checker.SAMPLES_JAR)));
            program.add("io.pmemcheckj.samples.Main");
        } else {
            program.add("-jar");
            program.add(Checker.SAMPLES_JAR.toString());
        }
        program.addAll(arguments);
        return checker.runCommand(options, program);
    }

    /** The samples of java.lang.foreign, compiled by the JDK under test: the build's own JDK may be too old. */
    private static synchronized Path newerSamples(Jdks.Jdk jdk) throws IOException, InterruptedException {
        Path compiled = NEWER_SAMPLES.get(jdk.version());
        if (compiled == null) {
            compiled = Compile.tree(
                    jdk, Samples.JAVA22, scratch.resolve("java22-" + jdk.version()), 22, List.of(Checker.SAMPLES_JAR));
            NEWER_SAMPLES.put(jdk.version(), compiled);
        }
        return compiled;
    }

    private static List<String> withoutRunOptions(List<String> options) {
        return options.stream()
                .filter(option -> !option.startsWith("--emulate-pmem") && !option.equals("--loads"))
                .toList();
    }
}
