package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a recording of JDK Flight Recorder shows of a traced program. */
@ParameterizedClass
@MethodSource("jdks")
class JfrIT {
    private static final String PREFIX = "io.pmemcheckj.";
    private static final int ROUNDS = 5; // of Recorded
    private static final int FILE_BYTES = 1 << 16;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private List<RecordedEvent> events;

    JfrIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private List<String> program(String... more) throws Exception {
        List<Path> classPath = Compile.program("recorded", 17, folder.resolve("classes"));
        List<String> program = new ArrayList<>(List.of(more));
        program.addAll(List.of(
                "-cp",
                Compile.classPath(classPath),
                "Recorded",
                folder.resolve("data").toString()));
        return program;
    }

    private static String models() {
        return Checker.BASEDIR
                .resolve("src/test/programs/recorded/recorded.yaml")
                .toAbsolutePath()
                .toString();
    }

    private void read(Path recording) throws Exception {
        events = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().startsWith(PREFIX))
                .toList();
    }

    private List<RecordedEvent> events(String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(PREFIX + name))
                .toList();
    }

    private RecordedEvent last(String name) {
        List<RecordedEvent> all = events(name);
        assertFalse(all.isEmpty(), name);
        return all.get(all.size() - 1);
    }

    private JsonNode recorded() throws Exception {
        Checker checker = new Checker(jdk, folder);
        Path recording = folder.resolve("run.jfr");
        Run run = checker.run(
                List.of("--no-progress", "--fail-on", "never", "--models", models()),
                program("-XX:StartFlightRecording:filename=" + recording + ",+io.pmemcheckj.Flush#threshold=0ns"));
        assertEquals(0, run.exit(), run::describe);
        read(recording);
        return checker.report();
    }

    @Test
    void aRecordingShowsWhatTheProgramDoes() throws Exception {
        JsonNode report = recorded();

        countsAreThoseOfTheReport(report);
        findingsAreThoseOfTheReport(report);
        segments();
        flushes();
        transactions();
        assertEquals("flushes", last("Marker").getString("label"));
        assertEquals("transactions", last("Checkpoint").getString("label"));
        assertTrue(last("Tracer").getBoolean("recording"));
        stacks();
        descriptions();
    }

    private void countsAreThoseOfTheReport(JsonNode report) {
        RecordedEvent health = last("TracerHealth");
        JsonNode summary = report.get("summary");
        for (String count : List.of("stores", "flushes", "fences", "transactions", "segments")) {
            assertEquals(summary.get(count).asLong(), ((Number) health.getValue(count)).longValue(), count);
        }
        assertTrue(health.getBoolean("upToDate"));
        assertTrue(events("TracerHealth").size() > 1, "while it runs, and at the end");
        assertEquals(summary.get("flushes").asInt(), events("Flush").size());
        assertEquals(summary.get("transactions").asInt(), events("Transaction").size());
        JsonNode segment = report.get("segments").get(1);
        RecordedEvent segmentHealth = last("SegmentHealth");
        assertEquals(segment.get("id").asInt(), segmentHealth.getInt("id"));
        assertEquals(segment.get("path").asString(), segmentHealth.getString("path"));
        assertEquals(segment.get("domain").asString(), segmentHealth.getString("domain"));
        assertEquals(segment.get("storedBytes").asLong(), segmentHealth.getLong("bytesStored"));
        assertEquals(segment.get("unpersistedBytes").asLong(), segmentHealth.getLong("bytesUnpersisted"));
    }

    /** All but those judged at the end, of which the program has none. */
    private void findingsAreThoseOfTheReport(JsonNode report) {
        Set<String> reported = new TreeSet<>();
        for (JsonNode finding : report.get("findings")) {
            reported.add(finding.get("fingerprint").asString() + " "
                    + finding.get("rule").asString() + " "
                    + finding.get("severity").asString() + " "
                    + finding.get("segment").get("offset").asLong());
        }
        Set<String> recorded = events("Finding").stream()
                .map(event -> event.getString("fingerprint") + " " + event.getString("rule") + " "
                        + event.getString("severity") + " " + event.getLong("offset"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(reported.stream().anyMatch(finding -> finding.contains("unflushed-store")), reported::toString);
        assertEquals(reported, recorded);
        assertTrue(events("Finding").stream()
                .anyMatch(event -> event.getString("location").startsWith("Recorded.lose(Recorded.java:")
                        && event.getString("stack").contains("\nRecorded.main(Recorded.java:")));
    }

    private void segments() {
        RecordedEvent mapped = events("SegmentMapped").get(0);
        assertEquals(folder.resolve("data").toString(), mapped.getString("path"));
        assertEquals(FILE_BYTES, mapped.getLong("size"));
        assertEquals("page-cache", mapped.getString("domain"));
        RecordedEvent unmapped = last("SegmentUnmapped");
        assertEquals("registered memory", unmapped.getString("path"));
        assertEquals(4096, unmapped.getLong("size"));
    }

    private void flushes() {
        List<RecordedEvent> persists = ofKind("persist");
        assertEquals(ROUNDS, persists.size());
        for (RecordedEvent persist : persists) {
            assertTrue(persist.getDuration().compareTo(Duration.ofMillis(20)) >= 0, persist::toString);
            assertEquals(256, persist.getLong("size"));
            assertTrue(persist.getLong("linesDirty") == -1 || persist.getLong("linesFlushed") == 4, persist::toString);
        }
        assertTrue(
                persists.stream()
                        .anyMatch(event -> event.getLong("linesDirty") == 2 && event.getLong("bytesDirty") == 16),
                persists::toString);
        RecordedEvent force = ofKind("force").get(0);
        assertEquals(4096, force.getLong("offset"));
        assertEquals(8192, force.getLong("size"));
        assertFalse(force.getBoolean("failed"));
        assertEquals(
                folder.resolve("data").toString(), ofKind("file-force").get(0).getString("path"));
        RecordedEvent health = last("TracerHealth");
        assertEquals(ROUNDS * 4 + 2 * 64 + 64, health.getLong("linesFlushed"));
        assertEquals(ROUNDS * 2 + 1 + 2, health.getLong("linesDirty"));
    }

    private List<RecordedEvent> ofKind(String kind) {
        return events("Flush").stream()
                .filter(event -> event.getString("kind").equals(kind))
                .toList();
    }

    private void transactions() {
        List<String> all = events("Transaction").stream()
                .map(event -> event.getLong("id") + " " + event.getString("kind") + " " + event.getInt("rangesLogged")
                        + " " + event.getLong("bytesLogged") + " " + event.getString("outcome"))
                .toList();
        assertEquals(List.of("42 named 2 24 committed", "0 undo-log 1 8 aborted", "0 own 0 0 committed"), all);
        RecordedEvent open = last("OpenTransaction");
        assertEquals("own", open.getString("kind"));
        assertEquals("main", open.getString("thread"));
        assertTrue(open.getDuration("openFor").compareTo(Duration.ofSeconds(1)) > 0, open::toString);
    }

    /** What a thread of the program did has its stack, and the place in the program. */
    private void stacks() {
        for (String name :
                List.of("SegmentMapped", "SegmentUnmapped", "Flush", "Transaction", "Marker", "Checkpoint")) {
            for (RecordedEvent event : events(name)) {
                assertEquals("main", event.getThread().getJavaName(), name);
                assertTrue(event.getString("location").startsWith("Recorded"), event::toString);
                List<RecordedFrame> frames = event.getStackTrace().getFrames();
                assertTrue(
                        frames.stream()
                                .anyMatch(frame ->
                                        frame.getMethod().getType().getName().equals("Recorded")
                                                && frame.getMethod().getName().equals("main")),
                        event::toString);
            }
        }
    }

    private void descriptions() {
        for (RecordedEvent event : events) {
            EventType type = event.getEventType();
            assertEquals(List.of("pmemcheck-j"), type.getCategoryNames(), type.getName());
            assertFalse(type.getLabel().contains("."), type.getName());
            for (ValueDescriptor field : type.getFields()) {
                assertTrue(field.getLabel() != null, () -> type.getName() + "." + field.getName());
            }
        }
        assertEquals(
                "jdk.jfr.DataAmount",
                last("TracerHealth").getEventType().getField("bytesUnpersisted").getContentType());
        assertEquals(
                "jdk.jfr.Timespan",
                last("TracerHealth").getEventType().getField("timeWaited").getContentType());
        assertEquals(
                "jdk.jfr.Percentage",
                last("TracerHealth").getEventType().getField("ringOccupancy").getContentType());
        assertEquals(
                "jdk.jfr.DataAmount",
                last("Flush").getEventType().getField("size").getContentType());
        assertEquals(
                "jdk.jfr.MemoryAddress",
                last("SegmentMapped").getEventType().getField("address").getContentType());
    }

    @Test
    void aRecordingThatBeginsLaterWithTheAgentAlone() throws Exception {
        Path recording = folder.resolve("later.jfr");
        List<String> program = program("-javaagent:" + Checker.JAR.toAbsolutePath() + "=keep-trace="
                + folder.resolve("later.trace") + ",models=" + models());
        program.add(recording.toString());

        Run run = new Checker(jdk, folder).untraced(program);

        assertEquals(0, run.exit(), run::describe);
        read(recording);
        String file = folder.resolve("data").toString();
        assertEquals(file, last("Flush").getString("path"));
        assertTrue(events("Flush").stream()
                .anyMatch(event -> event.getString("kind").equals("persist") && event.getLong("linesFlushed") == 1));
        assertEquals(file, last("SegmentHealth").getString("path"));
        assertEquals(
                List.of("unflushed-store"),
                events("Finding").stream()
                        .map(event -> event.getString("rule"))
                        .filter(rule -> rule.equals("unflushed-store"))
                        .toList());
        assertTrue(last("TracerHealth").getBoolean("upToDate"));
    }

    @Test
    void withoutARecordingNothingOfItIsLoaded() throws Exception {
        Path log = folder.resolve("classes.log");

        Run run = new Checker(jdk, folder)
                .run(
                        List.of("--no-progress", "--fail-on", "never", "--models", models()),
                        program("-Xlog:class+load:file=" + log));

        assertEquals(0, run.exit(), run::describe);
        List<String> loaded = Files.readAllLines(log);
        assertTrue(loaded.stream().anyMatch(line -> line.contains(" Recorded ")), "the log is one of classes");
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(line -> line.contains(" jdk.jfr.FlightRecorder ")
                                || line.contains(" jdk.jfr.internal.PlatformRecorder ")
                                || line.matches(".* io\\.pmemcheckj\\.agent\\.jfr\\.\\w*(Event|Deeds|Health) .*"))
                        .toList());
    }
}
