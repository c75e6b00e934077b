package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A recording beside the report: {@code run --jfr} and {@code analyze --jfr}. */
@ParameterizedClass
@MethodSource("jdks")
class JfrReportIT {
    private static final int ROUNDS = 3; // of Beside

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    JfrReportIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private Path recording() {
        return folder.resolve("run.jfr");
    }

    private List<String> command(String end) throws Exception {
        List<Path> classPath = Compile.program("beside", 17, folder.resolve("classes"));
        return new Checker(jdk, folder)
                .runCommand(
                        List.of(
                                "--no-progress",
                                "--jfr",
                                recording().toString(),
                                "--keep-trace",
                                folder.resolve("run.trace").toString(),
                                "--models",
                                Checker.BASEDIR
                                        .resolve("src/test/programs/beside/beside.yaml")
                                        .toAbsolutePath()
                                        .toString()),
                        List.of(
                                "-cp",
                                Compile.classPath(classPath),
                                "Beside",
                                folder.resolve("data").toString(),
                                end));
    }

    private JsonNode report() throws Exception {
        return new Checker(jdk, folder).report();
    }

    private static List<String> texts(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(node -> node.get(member).asString())
                .toList();
    }

    @Test
    void aReportTellsWhatRanBesideFindingsAndSlowFlushes() throws Exception {
        Run run = Run.of(folder, command("exit"));
        assertEquals(1, run.exit(), run::describe);
        assertEquals("out\n", run.stdout(), "the recorder says nothing there");
        JsonNode report = report();
        assertEquals(7, report.get("run").get("exitCode").asInt());
        JsonNode flight = report.get("flight");

        countsAreThoseOfTheRecording(report, flight);
        slowFlushes(flight);
        moments(report, flight);
        List<String> lines = run.stderr().lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("recording: run.jfr, ")), run::describe);
        assertTrue(lines.stream().anyMatch(line -> line.contains("beside it: ") && line.contains("GC pause")));
        jfrReadsIt();

        Run again = new Checker(jdk, folder)
                .analyze(List.of("--quiet", "--jfr", recording().toString()), folder.resolve("run.trace"));
        assertEquals(1, again.exit(), again::describe);
        assertEquals(flight, new Checker(jdk, folder).analyzedReport().get("flight"));
    }

    private void countsAreThoseOfTheRecording(JsonNode report, JsonNode flight) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording())) {
            counts.merge(event.getEventType().getName(), 1, Integer::sum);
        }
        assertEquals(counts.get("io.pmemcheckj.Flush"), flight.get("flushCount").asInt());
        assertEquals(counts.get("io.pmemcheckj.Finding"), flight.get("moments").size());
        assertEquals(
                counts.get("io.pmemcheckj.TracerHealth"), flight.get("samples").size());
        assertEquals(counts.get("jdk.GCPhasePause"), flight.get("pauseCount").asInt());
        JsonNode last = flight.get("samples").get(flight.get("samples").size() - 1);
        for (String count : List.of("stores", "flushes", "fences")) {
            assertEquals(report.get("summary").get(count), last.get(count), count);
        }
        assertEquals(report.get("segments").get(0).get("unpersistedBytes"), last.get("unpersistedBytes"));
        assertTrue(flight.get("missing").isEmpty(), flight.get("missing")::toString);
    }

    private static void slowFlushes(JsonNode flight) {
        int persists = 0;
        for (JsonNode flush : flight.get("slowFlushes")) {
            if (flush.get("kind").asString().equals("persist")) {
                persists++;
                assertEquals("Beside$Device", flush.get("location").get("class").asString());
                assertEquals("main", flush.get("thread").asString());
                assertTrue(flush.get("stack").get(1).asString().startsWith("Beside.main, line "), flush::toString);
                List<String> beside = texts(flush.get("beside"), "kind");
                assertTrue(beside.containsAll(List.of("GC pause", "park", "monitor enter")), flush::toString);
                assertTrue(flush.toString().contains("System.gc()"), flush::toString);
                assertTrue(texts(flush.get("beside"), "detail").contains("java.lang.Object, held by holder"));
            }
        }
        assertEquals(ROUNDS, persists);
    }

    /** What is judged at once has a moment; what is judged at the end has none. */
    private static void moments(JsonNode report, JsonNode flight) {
        List<String> met = texts(flight.get("moments"), "fingerprint");
        for (JsonNode finding : report.get("findings")) {
            boolean atOnce = finding.get("location").get("method").asString().equals("lose");
            assertEquals(atOnce, met.contains(finding.get("fingerprint").asString()), finding::toString);
        }
        assertEquals(1, met.size());
        assertEquals("main", flight.get("moments").get(0).get("thread").asString());
    }

    /** With the tool of each JDK that can read it: an older one need not know a newer recording. */
    private void jfrReadsIt() throws Exception {
        for (Jdks.Jdk reader : Jdks.all()) {
            Path jfr = reader.java().resolveSibling("jfr");
            Run summary = Run.of(
                    folder, List.of(jfr.toString(), "summary", recording().toString()));
            assertEquals(0, summary.exit(), summary::describe);
            assertTrue(summary.stdout().contains("io.pmemcheckj.TracerHealth"), summary::describe);
        }
    }

    /** Of the newest JDK, and the next test of the oldest, for time. */
    @Test
    void whatAKilledProgramHadRecordedIsSaved() throws Exception {
        assumeTrue(jdk.equals(Jdks.all().get(Jdks.all().size() - 1)));
        Run run = ended("KILL");
        assertEquals(1, run.exit(), run::describe);
        JsonNode flight = report().get("flight");
        assertTrue(flight.get("missing").get(0).asString().contains("did not end by itself"), flight::toString);
        assertTrue(texts(flight.get("slowFlushes"), "kind").contains("persist"), flight::toString);
        jfrReadsIt();
    }

    @Test
    void anEndBySignalLeavesAWholeRecording() throws Exception {
        assumeTrue(jdk.equals(Jdks.all().get(0)));
        ended("TERM");
        assertTrue(report().get("flight").get("missing").isEmpty());
    }

    /** Runs the program until it has done all, and sends it a signal. */
    private Run ended(String signal) throws Exception {
        Run.Started started = Run.start(folder, command("wait"), "");
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(folder.resolve("data.ready")) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        List<ProcessHandle> children =
                new ArrayList<>(started.process().children().toList());
        assertFalse(children.isEmpty());
        for (ProcessHandle child : children) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                    .start()
                    .waitFor();
        }
        return started.await();
    }

    @Test
    void whatCannotBeReadOrWrittenIsSaidInOneLine() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jfr"), "text");
        Files.writeString(folder.resolve("empty.txt"), "");
        List<List<String>> wrong = List.of(
                Checker.tool("run", "--jfr", folder.resolve("none/x.jfr").toString(), "--", "-version"),
                Checker.tool(
                        "analyze",
                        "--jfr",
                        text.toString(),
                        folder.resolve("empty.txt").toString()));
        for (List<String> command : wrong) {
            Run run = Run.of(folder, command);
            assertEquals(2, run.exit(), run::describe);
            assertTrue(run.stderr().startsWith("pmemcheck-j: --jfr: "), run::describe);
            assertEquals(1, run.stderr().lines().count(), run::describe);
        }
    }
}
