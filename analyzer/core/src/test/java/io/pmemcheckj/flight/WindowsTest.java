package io.pmemcheckj.flight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.findings.Flight.Activity;
import io.pmemcheckj.findings.Flight.Sample;
import io.pmemcheckj.findings.Location;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private final Window flush = Window.ofFlush(1000, 100, 7);
    private final Window finding = Window.ofThread(500, 5000, "worker");
    private final Window later = Window.ofFlush(9000, 10, 7);
    private final Windows windows = new Windows(List.of(later, flush, finding));

    private void offer(String kind, long at, long duration, String thread, long id) {
        windows.offer(new Activity(kind, at, duration, thread, ""), id);
    }

    @Test
    void anActivityGoesToAllWindowsThatItOverlaps() {
        offer("GC pause", 0, 9001, null, 0);
        assertEquals(
                List.of(1, 1, 1),
                List.of(
                        flush.found().size(),
                        finding.found().size(),
                        later.found().size()));
        offer("GC pause", 1100, 10, null, 0);
        offer("GC pause", 990, 10, null, 0);
        assertEquals(1, flush.found().size(), "they only touch");
        assertEquals(3, finding.found().size());
    }

    @Test
    void waitsAreThoseOfTheThreadAndFilesThoseOfTheOthers() {
        offer("park", 1000, 10, "worker", 7);
        offer("park", 1000, 10, "stranger", 8);
        offer("file force", 1000, 100, "worker", 7); // the flush itself
        offer("file write", 1000, 10, "stranger", 8);
        assertEquals(List.of("park worker", "file write stranger"), told(flush));
        assertEquals(List.of("park worker", "file force worker"), told(finding));
    }

    @Test
    void theLongestAreKeptAndTheOthersCounted() {
        for (int i = 0; i < 20; i++) {
            offer("park", 1000, 1 + i, "worker", 7);
        }
        assertEquals(8, flush.found().size());
        assertEquals(12, flush.left());
        assertEquals(
                13, flush.found().stream().mapToLong(Activity::durationUs).min().orElseThrow());
    }

    private static List<String> told(Window window) {
        return window.found().stream()
                .map(one -> one.kind() + " " + one.thread())
                .toList();
    }

    @Test
    void thinnedSamplesKeepTheMostBytesAndTheLastCounts() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            samples.add(new Sample(i, i, i, i, i == 1201 ? 99 : 1));
        }
        List<Sample> thinned = Samples.thinned(samples);
        assertEquals(625, thinned.size());
        assertEquals(2499, thinned.get(624).stores());
        assertEquals(
                99, thinned.stream().mapToLong(Sample::unpersistedBytes).max().orElseThrow());
    }

    @Test
    void placesAreReadAsTheyAreWritten() {
        for (Location location : List.of(
                new Location("a.B$C", "<init>", "B.java", 12),
                new Location("a.B", "m", "B.java", 0),
                new Location("B", "m", null, 0),
                Location.UNKNOWN)) {
            assertEquals(location, Location.parse(location.toString()));
        }
        assertEquals(Location.UNKNOWN, Location.parse(""));
    }
}
