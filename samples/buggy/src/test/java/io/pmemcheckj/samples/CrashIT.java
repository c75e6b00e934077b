package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Explores the crash states of every sample that has a check: each mistake is shown, each correction survives every state. */
@Execution(ExecutionMode.CONCURRENT)
class CrashIT {
    @TempDir
    private static Path scratch;

    @TestFactory
    Stream<DynamicNode> samples() throws IOException {
        List<Samples.Sample> samples = crashing().toList();
        return Jdks.all().stream()
                .map(jdk -> dynamicContainer(
                        jdk.toString(),
                        samples.stream().map(sample -> dynamicTest(sample.toString(), () -> check(jdk, sample)))));
    }

    private void check(Jdks.Jdk jdk, Samples.Sample sample) throws IOException, InterruptedException {
        Path folder = scratch.resolve(jdk.version() + "-" + sample.name() + "-" + sample.variant());
        Checker checker = new Checker(jdk, folder);
        Path trace = trace(checker, sample);

        explored(checker, sample, trace, "reads", "reads");
        explored(checker, sample, trace, "exhaustive", "all");
        if (sample.buggy()) {
            reproduces(
                    checker,
                    sample,
                    trace,
                    checker.crashReport().get("findings").get(0));
            judge(checker, sample, checker.crash(trace, options(sample)));
        }
    }

    private static void explored(Checker checker, Samples.Sample sample, Path trace, String engine, String coverage)
            throws IOException, InterruptedException {
        Run run = checker.crash(trace, options(sample, "--engine", engine));

        judge(checker, sample, run);
        assertEquals(
                coverage,
                checker.crashReport().get("exploration").get("coverage").asString(),
                run::describe);
    }

    private static Path trace(Checker checker, Samples.Sample sample) throws IOException, InterruptedException {
        Files.createDirectories(checker.folder());
        List<String> program = List.of(
                "-jar",
                Checker.SAMPLES_JAR.toAbsolutePath().toString(),
                sample.name(),
                sample.variant(),
                checker.folder().toString());
        return checker.traceForCrashes(sample.expectations().options(), program);
    }

    private static List<String> options(Samples.Sample sample, String... more) throws IOException {
        List<String> options = new ArrayList<>(sample.expectations().crashOptions());
        options.addAll(
                List.of("--class-path", Checker.SAMPLES_JAR.toAbsolutePath().toString()));
        options.addAll(List.of(more));
        return options;
    }

    private static void judge(Checker checker, Samples.Sample sample, Run run) throws IOException {
        JsonNode report = checker.crashReport();
        assertEquals(sample.buggy() ? 1 : 0, run.exit(), run::describe);
        assertEquals(List.of(), sample.expectations().ofCrash().differences(Checker.findings(report)), run::describe);
        for (JsonNode finding : report.get("findings")) {
            JsonNode crash = finding.get("crash");
            assertTrue(crash.get("output").asString().contains("IllegalStateException"), run::describe);
            assertTrue(Files.isDirectory(Path.of(crash.get("image").asString())), run::describe);
        }
    }

    /** The state by its name, alone. */
    private static void reproduces(Checker checker, Samples.Sample sample, Path trace, JsonNode finding)
            throws IOException, InterruptedException {
        Run run = checker.crash(
                trace, options(sample, "--state", finding.get("crash").get("id").asString()));

        assertEquals(1, run.exit(), run::describe);
        JsonNode again = checker.crashReport();
        assertEquals(1, again.get("exploration").get("checked").asInt(), run::describe);
        assertEquals(finding.get("location"), again.get("findings").get(0).get("location"), run::describe);
    }

    /** Neither how many processes look nor when tells in the findings. */
    @Test
    void sameFindingsAgain() throws IOException, InterruptedException {
        Samples.Sample sample = buggy("crash-btree-split");
        Checker checker = new Checker(Jdks.current(), scratch.resolve("again"));
        Path trace = trace(checker, sample);
        List<List<String>> same = List.of(
                List.of("--engine", "exhaustive", "--jobs"), List.of("--engine", "random", "--seed", "7", "--jobs"));

        for (List<String> options : same) {
            Set<List<String>> found = new HashSet<>();
            for (String jobs : List.of("1", "2", "1")) {
                List<String> all = options(sample, options.toArray(String[]::new));
                all.add(jobs);
                checker.crash(trace, all);
                found.add(withoutPaths(checker.crashReport().get("findings")));
            }
            assertEquals(1, found.size(), found::toString);
        }
    }

    /** How often it failed, and the command with the options of the time, may differ. */
    private static List<String> withoutPaths(JsonNode findings) {
        List<String> texts = new ArrayList<>();
        for (JsonNode finding : findings) {
            JsonNode crash = finding.get("crash");
            texts.add(String.join(
                    " ",
                    finding.get("fingerprint").asString(),
                    finding.get("location").toString(),
                    crash.get("id").asString(),
                    crash.get("failurePoint").asString(),
                    crash.get("verdict").asString(),
                    crash.get("stores").toString()));
        }
        return texts;
    }

    /** Two will do: every state costs the start of a JVM. */
    @TestFactory
    Stream<DynamicNode> byCommand() throws IOException {
        return Stream.of(buggy("crash-append-log"), buggy("crash-slot-store"))
                .map(sample -> dynamicTest(sample.toString(), () -> byCommand(sample)));
    }

    private static void byCommand(Samples.Sample sample) throws IOException, InterruptedException {
        Checker checker = new Checker(Jdks.current(), scratch.resolve("command-" + sample.name()));
        String command = "'" + Jdks.current().java() + "' -cp '" + Checker.SAMPLES_JAR.toAbsolutePath()
                + "' io.pmemcheckj.samples.CheckCommand '"
                + sample.expectations().crashOptions().get(1) + "' {image}";

        Run run = checker.crash(trace(checker, sample), List.of("--check", command));

        assertEquals(1, run.exit(), run::describe);
        assertEquals(
                List.of(),
                sample.expectations().ofCrash().differences(Checker.findings(checker.crashReport())),
                run::describe);
    }

    /** What the crash lost and kept, in the smallest of the states that are refused. */
    @TestFactory
    Stream<DynamicNode> counterexamples() {
        return Stream.of(
                counterexample(
                        "crash-append-log",
                        List.of("log.putLong(at + COMPLEMENT, ~value);"),
                        List.of("log.putLong(TAIL, at + RECORD);")),
                counterexample("crash-undo-log", List.of(), List.of()),
                counterexample("crash-linked-list", List.of(), List.of("list.putLong(first, 0);")),
                counterexample("crash-btree-split", List.of(), List.of("file.putLong(pointer, split.left());")),
                counterexample("crash-slot-store", List.of(), List.of("store.putLong(old + KEY, 0);")));
    }

    private DynamicNode counterexample(String name, List<String> lost, List<String> survived) {
        return dynamicTest(name, () -> {
            Samples.Sample sample = buggy(name);
            Checker checker = new Checker(Jdks.current(), scratch.resolve("counterexample-" + name));

            Run run = checker.crash(trace(checker, sample), options(sample));

            JsonNode findings = checker.crashReport().get("findings");
            assertEquals(1, findings.size(), run::describe);
            JsonNode stores = findings.get(0).get("crash").get("stores");
            assertEquals(lost, places(sample, stores, "lost"), run::describe);
            assertTrue(places(sample, stores, "survived").containsAll(survived), run::describe);
        });
    }

    private static Samples.Sample buggy(String name) throws IOException {
        return crashing()
                .filter(sample -> sample.name().equals(name) && sample.buggy())
                .findFirst()
                .orElseThrow();
    }

    /** The samples that have a check. */
    private static Stream<Samples.Sample> crashing() throws IOException {
        List<Samples.Sample> samples = new ArrayList<>();
        for (Samples.Sample sample : Samples.all()) {
            if (!sample.expectations().crashOptions().isEmpty()) {
                samples.add(sample);
            }
        }
        return samples.stream();
    }

    /** The source lines of the stores with a fate. */
    private static List<String> places(Samples.Sample sample, JsonNode stores, String fate) throws IOException {
        List<String> lines = Files.readAllLines(sample.source());
        List<String> places = new ArrayList<>();
        for (JsonNode store : stores) {
            if (store.get("fate").asString().equals(fate)) {
                String line = lines.get(store.get("location").get("line").asInt() - 1);
                places.add(line.replaceAll("//.*", "").strip());
            }
        }
        return places;
    }
}
