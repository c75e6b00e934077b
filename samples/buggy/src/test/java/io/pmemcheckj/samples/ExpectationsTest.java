package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private static final Path FOLDER = Path.of("/src");

    private static Expectations parse(String... lines) {
        return Expectations.parse("Buggy.java", List.of(lines), FOLDER);
    }

    @Test
    void readsOptionsAndMarks() {
        Expectations read = parse(
                "// run: --emulate-pmem --order {source}/order.txt",
                "store(); // finds: unflushed-store bytes=8 occurrences=2; redundant-flush");

        assertEquals(List.of("--emulate-pmem", "--order", "/src/order.txt"), read.options());
        assertEquals(
                List.of(
                        new Mark("Buggy.java", 2, "unflushed-store", 8L, 2L),
                        new Mark("Buggy.java", 2, "redundant-flush", null, null)),
                read.marks());
    }

    @Test
    void whatACrashShowsIsApart() {
        Expectations read = parse(
                "// run: --emulate-pmem",
                "// crash: --check-class Check",
                "store(); // finds: unflushed-store; inconsistent-crash-state");

        assertEquals(List.of("--emulate-pmem"), read.options());
        assertEquals(List.of("--check-class", "Check"), read.crashOptions());
        assertEquals(
                List.of(new Mark("Buggy.java", 3, "unflushed-store", null, null)),
                read.ofRun().marks());
        assertEquals(
                List.of(new Mark("Buggy.java", 3, "inconsistent-crash-state", null, null)),
                read.ofCrash().marks());
    }

    @Test
    void aMarkMayLeaveTheCountsOut() {
        assertEquals(
                List.of(),
                parse("store(); // finds: unflushed-store")
                        .differences(List.of(new Mark("Buggy.java", 1, "unflushed-store", 24L, 3L))));
    }

    @Test
    void aFindingWithoutMarkIsADifference() {
        assertEquals(
                List.of("found, not marked: Buggy.java:1 unflushed-store bytes=8 occurrences=1"),
                parse("store();").differences(List.of(new Mark("Buggy.java", 1, "unflushed-store", 8L, 1L))));
    }

    @Test
    void aMarkWithoutFindingIsADifference() {
        assertEquals(
                List.of("marked, not found: Buggy.java:1 unflushed-store"),
                parse("store(); // finds: unflushed-store").differences(List.of()));
    }

    @Test
    void anotherLineOrAnotherCountIsBoth() {
        Expectations marked = parse("", "store(); // finds: unflushed-store bytes=8");

        assertEquals(
                2,
                marked.differences(List.of(new Mark("Buggy.java", 1, "unflushed-store", 8L, 1L)))
                        .size());
        assertEquals(
                2,
                marked.differences(List.of(new Mark("Buggy.java", 2, "unflushed-store", 9L, 1L)))
                        .size());
    }

    @Test
    void oneMarkCoversOneFinding() {
        Mark finding = new Mark("Buggy.java", 1, "unflushed-store", 8L, 1L);

        assertEquals(
                List.of("found, not marked: " + finding),
                parse("store(); // finds: unflushed-store").differences(List.of(finding, finding)));
    }

    @Test
    void aMisspelledFactIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> parse("store(); // finds: unflushed-store byte=8"));
    }
}
