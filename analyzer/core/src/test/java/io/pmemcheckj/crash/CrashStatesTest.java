package io.pmemcheckj.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.crash.state.Failure;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which contents a crash can leave; a digit stands for a byte of the file. */
class CrashStatesTest {
    private static final String SYNC = "property \"values\" \"true\"\n"
            + "file-found device=1 inode=2 length=8192 path=\"/pm/a\"\n"
            + "map 1 A.main(A.java:1) 0x10000 8192 device=1 inode=2 flags=sync path=\"/pm/a\"\n";
    private static final String FILE = SYNC.replace("flags=sync ", "");

    /** A store of bytes that all have the same value. */
    private static String store(int offset, int length, int value) {
        return store(1, offset, length, value);
    }

    private static String store(int thread, int offset, int length, int value) {
        StringBuilder text = new StringBuilder("store " + thread + " A.main(A.java:" + (10 + value) + ") 0x"
                + Integer.toHexString(0x10000 + offset) + " " + length + "\n");
        for (int done = 0; done < length; done += 8) {
            text.append("value " + thread + " 0x")
                    .append(Integer.toHexString(0x10000 + offset + done))
                    .append(' ')
                    .append(("0" + value).repeat(Math.min(8, length - done)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String flush(int thread, int offset, int length) {
        return "flush " + thread + " A.main(A.java:90) 0x" + Integer.toHexString(0x10000 + offset) + " " + length
                + "\n";
    }

    private static String fence(int thread) {
        return "fence " + thread + " A.main(A.java:91)\n";
    }

    private static String force(int offset, int length) {
        return "force-begin 1 A.main(A.java:92) 0x" + Integer.toHexString(0x10000 + offset) + " " + length
                + "\nforce-end 1\n";
    }

    private static Set<String> contents(int bytes, String text) {
        return new CrashTrace(text + "end\n").bytes(bytes).explore().contents;
    }

    @Test
    void fourStoresInOneLineHaveFiveStatesWherePmreorderTriesSixtyFive() {
        String text = SYNC + store(0, 4, 1) + store(4, 4, 2) + store(8, 4, 3) + store(12, 4, 4) + flush(1, 0, 16)
                + fence(1) + "end\n";

        CrashTrace ours = new CrashTrace(text).bytes(16).explore();
        assertEquals(
                Set.of(
                        "0000000000000000",
                        "1111000000000000",
                        "1111222200000000",
                        "1111222233330000",
                        "1111222233334444"),
                ours.contents);
        assertEquals("all", ours.summary().coverage());

        CrashTrace full = new CrashTrace(text).bytes(16).engine("full").explore();
        // at the fence; at the end nothing is on its way, which is one more
        assertEquals(66, full.summary().checked() + full.summary().duplicates());
        assertEquals(16, full.contents.size());
    }

    @Test
    void linesAreIndependent() {
        assertEquals(Set.of("00", "10", "02", "12"), two(contents(65, SYNC + store(0, 1, 1) + store(64, 1, 2))));
    }

    /** The first byte of each of two lines. */
    private static Set<String> two(Set<String> contents) {
        return contents.stream()
                .map(content -> "" + content.charAt(0) + content.charAt(64))
                .collect(Collectors.toSet());
    }

    @Test
    void whatIsFencedIsCertain() {
        assertEquals(
                Set.of("0000", "1000", "1200"),
                contents(4, SYNC + store(0, 1, 1) + flush(1, 0, 1) + fence(1) + store(1, 1, 2)));
    }

    @Test
    void fenceOfAnotherThreadMakesNothingCertain() {
        CrashTrace trace = new CrashTrace(SYNC + store(0, 1, 1) + flush(1, 0, 1) + fence(2)
                        + "marker 2 A.main(A.java:93) \"m\"\n" + "end\n")
                .bytes(1)
                .explore();

        assertTrue(trace.judged.stream().anyMatch(id -> id.equals("1")), trace.judged.toString());
        assertEquals(Set.of("0", "1"), trace.contents);
    }

    @Test
    void storesAfterTheFlushAreNotCoveredByIt() {
        assertEquals(
                Set.of("00", "10", "12"),
                contents(2, SYNC + store(0, 1, 1) + flush(1, 0, 1) + store(1, 1, 2) + fence(1)));
    }

    @Test
    void wideStoresTearAtEightBytesFromEitherEnd() {
        assertEquals(
                Set.of(
                        "0".repeat(24),
                        "1".repeat(24),
                        "1".repeat(8) + "0".repeat(16),
                        "1".repeat(16) + "0".repeat(8),
                        "0".repeat(8) + "1".repeat(16),
                        "0".repeat(16) + "1".repeat(8)),
                contents(24, SYNC + store(0, 24, 1)));
    }

    @Test
    void unalignedStoreOfEightBytesTears() {
        assertTrue(contents(16, SYNC + store(4, 8, 1)).contains("0000111100000000"));
        assertFalse(contents(16, SYNC + store(8, 8, 1)).contains("0000000011110000"));
    }

    @Test
    void pageIsAsAtAnyMoment() {
        assertEquals(Set.of("00", "10", "12"), contents(2, FILE + store(0, 1, 1) + store(1, 1, 2)));
    }

    @Test
    void sectorsOfAPageTear() {
        Set<String> contents = contents(513, FILE + store(0, 1, 1) + store(512, 1, 2));

        assertEquals(
                Set.of("00", "10", "02", "12"),
                contents.stream()
                        .map(content -> "" + content.charAt(0) + content.charAt(512))
                        .collect(Collectors.toSet()));
    }

    /** Three sectors cannot be from three different moments: only the last write is interrupted. */
    @Test
    void tornPageIsOfTwoMoments() {
        Set<String> contents = contents(
                1025, FILE + store(0, 1, 1) + store(512, 1, 1) + store(0, 1, 2) + store(512, 1, 2) + store(1024, 1, 2));

        Set<String> sectors = contents.stream()
                .map(content -> "" + content.charAt(0) + content.charAt(512) + content.charAt(1024))
                .collect(Collectors.toSet());
        assertTrue(sectors.contains("202"), sectors.toString());
        assertTrue(sectors.contains("102"), sectors.toString());
        assertTrue(sectors.contains("212"), sectors.toString());
        assertFalse(sectors.contains("012"), "the first sector is from before all of it, the second not: " + sectors);
    }

    @Test
    void forceMakesPagesCertainAndAFailedOneDoesNot() {
        assertEquals(Set.of("00", "10", "12"), contents(2, FILE + store(0, 1, 1) + force(0, 1) + store(1, 1, 2)));
        assertTrue(
                contents(4097, FILE + store(0, 1, 1) + force(0, 1).replace("end 1", "end 1 failed") + store(4096, 1, 2))
                        .stream()
                        .anyMatch(content -> content.charAt(0) == '0' && content.charAt(4096) == '2'));
    }

    @Test
    void aKilledProcessLosesNothing() {
        CrashTrace trace = new CrashTrace(FILE + store(0, 1, 1) + store(4096, 1, 2) + store(1, 1, 3) + "end\n")
                .bytes(4097)
                .failure(Failure.PROCESS)
                .explore();

        assertEquals(
                Set.of("000", "100", "102", "132"),
                trace.contents.stream()
                        .map(c -> "" + c.charAt(0) + c.charAt(1) + c.charAt(4096))
                        .collect(Collectors.toSet()));
        assertEquals("all", trace.summary().coverage());
    }

    @Test
    void persistentCachesKeepTheOrderOfStores() {
        String eadr = SYNC.replace("flags=sync", "flags=sync,caches-persist");
        assertEquals(Set.of("00", "10", "12"), two(contents(65, eadr + store(0, 1, 1) + store(64, 1, 2))));
    }

    @Test
    void whatTheFileHeldBeforeIsThere() {
        assertEquals(
                Set.of("07", "17"),
                contents(
                        2,
                        SYNC.replace("map ", "file-content device=1 inode=2 offset=1 \"07\"\nmap ") + store(0, 1, 1)));
    }

    @Test
    void markersSwitchEngines() {
        String text = SYNC + store(0, 1, 1) + flush(1, 0, 1) + fence(1) + "marker 1 A.main(A.java:5) \"on\"\n"
                + store(1, 1, 2) + "end\n";
        CrashTrace trace = new CrashTrace(text)
                .bytes(2)
                .engine("none")
                .atMarkers(Map.of("on", "exhaustive"))
                .explore();

        assertEquals(Set.of("10", "12"), trace.contents);
    }

    @Test
    void representativeCompletesWhatIsSmall() {
        String text = SYNC + store(0, 1, 1) + store(64, 1, 2) + store(1, 1, 3) + "end\n";

        CrashTrace trace = new CrashTrace(text).engine("representative").explore();
        assertEquals("all", trace.summary().coverage());
        assertEquals(6, trace.summary().checked());
    }

    @Test
    void budgetIsKeptAndToldOf() {
        StringBuilder text = new StringBuilder(SYNC);
        for (int line = 0; line < 20; line++) {
            text.append(store(64 * line, 1, 1 + line % 9));
        }
        CrashTrace trace = new CrashTrace(text + "end\n").maxStates(100).explore();

        assertEquals(100, trace.summary().checked());
        assertEquals("max-states", trace.summary().stoppedBy());
        assertEquals("part", trace.summary().coverage());
        assertEquals(Long.toString(1 << 20), trace.summary().states());
    }

    @Test
    void allJobsTogetherJudgeEveryStateOnce() {
        StringBuilder text = new StringBuilder(SYNC);
        for (int line = 0; line < 10; line++) {
            text.append(store(64 * line, 1, 1 + line % 9));
        }
        CrashTrace trace = new CrashTrace(text + "end\n").jobs(4).bytes(640).explore();

        assertEquals(1024, trace.judged.size());
        assertEquals(1024, trace.contents.size());
        assertEquals("all", trace.summary().coverage());
    }
}
