package io.pmemcheckj.flight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.findings.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightFileTest {
    private static final long STARTED = System.currentTimeMillis();

    @TempDir
    private Path folder;

    private static RunIdentity thisRun() {
        return RunIdentity.of(
                Map.of("pid", Long.toString(ProcessHandle.current().pid()), "started", Long.toString(STARTED)));
    }

    private static Flight read(Path file, RunIdentity... runs) throws FlightException {
        return FlightFile.open(file).of(List.of(runs), List.of());
    }

    private static List<String> kinds(List<Flight.Activity> activities) {
        return activities.stream().map(Flight.Activity::kind).toList();
    }

    @Test
    void whatRanMeanwhileStandsBesideAFlush() throws Exception {
        try (RecordedRun run = new RecordedRun()) {
            Thread other = new Thread(() -> LockSupport.parkNanos(30_000_000), "other");
            RecordedRun.Flush slow = new RecordedRun.Flush();
            slow.begin();
            other.start();
            System.gc();
            LockSupport.parkNanos(20_000_000);
            Thread writer = new Thread(() -> write(folder.resolve("other.txt")), "writer");
            writer.start();
            writer.join();
            write(folder.resolve("own.txt"));
            other.join();
            slow.commit();
            RecordedRun.Flush quick = new RecordedRun.Flush();
            quick.linesDirty = 1;
            quick.begin();
            quick.commit();

            Flight flight = read(run.save(folder), thisRun());

            assertEquals(2, flight.flushCount());
            Flight.SlowFlush slowest = flight.slowFlushes().get(0);
            assertEquals(new Location("com.example.Log", "append", "Log.java", 42), slowest.location());
            assertEquals("/data/log", slowest.path());
            assertEquals(2, slowest.linesFlushed());
            assertNull(slowest.linesDirty(), "the replay had not said");
            assertEquals(1, flight.slowFlushes().get(1).linesDirty());
            List<Flight.Activity> beside = slowest.beside();
            assertTrue(kinds(beside).contains("GC pause"), beside::toString);
            assertTrue(beside.stream().anyMatch(one -> one.detail().contains("System.gc()")), beside::toString);
            assertEquals(
                    List.of(Thread.currentThread().getName()),
                    beside.stream()
                            .filter(one -> one.kind().equals("park") && one.durationUs() >= 15_000)
                            .map(Flight.Activity::thread)
                            .toList());
            assertTrue(
                    beside.stream()
                            .filter(one -> one.kind().equals("file write"))
                            .allMatch(one -> one.thread().equals("writer")
                                    && one.detail().contains("other.txt, 3 bytes")),
                    beside::toString);
            assertTrue(kinds(beside).contains("file write"), beside::toString);
            assertTrue(flight.pauseCount() > 0 && flight.pausedUs() > 0);
            assertEquals(flight.pauseCount(), flight.pauses().size());
        }
    }

    private static void write(Path file) {
        try (var out = Files.newOutputStream(file)) {
            out.write(new byte[] {1, 2, 3});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFindingWasMetSinceTheReplayWasLastUpToDate() throws Exception {
        try (RecordedRun run = new RecordedRun()) {
            run.health(1, 0, true);
            LockSupport.parkNanos(20_000_000);
            run.health(2, 8, false);
            LockSupport.parkNanos(5_000_000);
            run.health(3, 16, true);
            run.finding("f1");
            run.finding("f1"); // a recording that was begun anew tells it again
            LockSupport.parkNanos(25_000_000);
            run.health(4, 0, true);
            run.finding("f2");

            Flight flight = read(run.save(folder), thisRun());

            assertEquals(
                    List.of("1 0", "2 8", "3 16", "4 0"),
                    flight.samples().stream()
                            .map(sample -> sample.stores() + " " + sample.unpersistedBytes())
                            .toList());
            assertEquals(2, flight.moments().size());
            Flight.Moment first = flight.moments().get(0);
            assertEquals("f1", first.fingerprint());
            assertEquals(flight.samples().get(0).atUs(), first.fromUs());
            assertEquals(flight.samples().get(2).atUs(), first.toUs());
            assertTrue(kinds(first.beside()).contains("park"), first::toString);
            assertTrue(
                    first.beside().stream().allMatch(one -> one.endUs() > first.fromUs() && one.atUs() < first.toUs()));
            assertEquals(first.toUs(), flight.moments().get(1).fromUs());
        }
    }

    @Test
    void theRunIsToldByProcessAndStart() throws Exception {
        try (RecordedRun run = new RecordedRun()) {
            run.health(1, 0, true);
            run.tracer(STARTED);
            Path file = run.save(folder);
            RunIdentity other = RunIdentity.of(Map.of("pid", "1", "main", "Other x"));
            RunIdentity earlier = RunIdentity.of(
                    Map.of("pid", Long.toString(ProcessHandle.current().pid()), "started", Long.toString(STARTED - 1)));

            assertEquals(1, read(file, other, thisRun()).samples().size(), "one of them");
            for (RunIdentity wrong : List.of(other, earlier)) {
                String message = assertThrows(FlightException.class, () -> read(file, wrong))
                        .getMessage();
                assertTrue(message.startsWith(file + ": a recording of another run"), message);
                assertTrue(message.contains("process " + wrong.pid()), message);
            }
        }
    }

    @Test
    void whatIsNotInItIsSaid() throws Exception {
        Path file = folder.resolve("foreign.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.JVMInformation");
            recording.enable("jdk.ActiveSetting");
            recording.disable("jdk.ThreadPark");
            recording.start();
            recording.stop();
            recording.dump(file);
        }
        Flight flight = FlightFile.open(file).of(List.of(thisRun()), List.of("x"));
        String missing = String.join("\n", flight.missing());
        assertTrue(missing.startsWith("x\n"), missing);
        assertTrue(missing.contains("no events of pmemcheck-j"), missing);
        assertTrue(missing.contains("jdk.ThreadPark"), missing);
        assertTrue(flight.slowFlushes().isEmpty() && flight.moments().isEmpty());
    }

    @Test
    void aFileThatIsNoRecordingOrADamagedOneIsRefusedInOneLine() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jfr"), "text\n");
        Path empty = Files.createFile(folder.resolve("empty.jfr"));
        Path cut = folder.resolve("cut.jfr");
        try (RecordedRun run = new RecordedRun()) {
            run.health(1, 0, true);
            byte[] whole = Files.readAllBytes(run.save(folder));
            Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        }
        for (Path file : List.of(text, empty, cut, folder, folder.resolve("none.jfr"))) {
            String message = assertThrows(FlightException.class, () -> FlightFile.open(file))
                    .getMessage();
            assertTrue(message.startsWith(file + ": "), message);
            assertFalse(message.contains("\n"), message);
        }
    }
}
