package io.pmemcheckj.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.CrashState;
import io.pmemcheckj.findings.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of states that are refused: the simplest of them, once for each cause. */
class CrashFindingsTest {
    private static final String START = "property \"values\" \"true\"\n"
            + "file-found device=1 inode=2 length=8192 path=\"/pm/a\"\n"
            + "map 1 A.main(A.java:1) 0x10000 8192 device=1 inode=2 flags=sync path=\"/pm/a\"\n";

    /** Stores one byte at the given line of the source. */
    private static String store(int offset, int value, int line) {
        String address = "0x" + Integer.toHexString(0x10000 + offset);
        return "store 1 A.main(A.java:" + line + ") " + address + " 1\nvalue 1 " + address + " 0" + value + "\n";
    }

    private static String persist(int line) {
        return "flush 1 A.main(A.java:" + line + ") 0x10000 4096\nfence 1 A.main(A.java:" + line + ")\n";
    }

    private static Finding only(CrashTrace trace) {
        List<Finding> findings = trace.findings();
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    /** The flag in line 0, the data in lines 1 to 3: data 2 is what the check misses. */
    @Test
    void flagBeforeData() {
        String text = START + store(64, 1, 11) + store(128, 2, 12) + store(192, 3, 13) + store(0, 9, 14)
                + store(256, 4, 15) + persist(20) + "end\n";
        CrashTrace trace = new CrashTrace(text)
                .bytes(257)
                .explore((content, markers) -> content.charAt(0) != '9' || content.charAt(128) == '2');

        Finding finding = only(trace);
        assertEquals(14, finding.location().line());
        CrashState crash = finding.crash();
        assertEquals("right after the store", crash.failurePoint());
        List<String> lost = crash.stores().stream()
                .filter(store -> store.fate().equals("lost"))
                .map(store -> store.location().line() + " " + store.before() + " " + store.after())
                .toList();
        assertEquals(List.of("12 00 02"), lost);
        assertTrue(crash.stores().stream().noneMatch(store -> store.location().line() == 15), "it came later");
        assertEquals(1, finding.bytes());
    }

    @Test
    void twoCausesAreTwoFindings() {
        String text = START + store(64, 1, 11) + store(128, 2, 12) + store(0, 9, 14) + persist(20) + "end\n";
        CrashTrace trace = new CrashTrace(text)
                .bytes(257)
                .explore((content, markers) ->
                        content.charAt(0) != '9' || content.charAt(128) == '2' && content.charAt(64) == '1');

        assertEquals(
                List.of(11, 12),
                trace.findings().stream()
                        .flatMap(finding -> finding.crash().stores().stream())
                        .filter(store -> store.fate().equals("lost"))
                        .map(store -> store.location().line())
                        .sorted()
                        .toList());
    }

    /** No store is lost: the program goes through a state that it cannot live with, over several fences. */
    @Test
    void stepsInTheWrongOrderAreOneFinding() {
        String text = START + store(0, 9, 11) + persist(12) + store(64, 1, 13) + persist(14) + store(128, 2, 15)
                + persist(16) + "end\n";
        CrashTrace trace = new CrashTrace(text)
                .bytes(129)
                .explore((content, markers) -> content.charAt(0) != '9' || content.charAt(128) == '2');

        Finding finding = only(trace);
        assertEquals(11, finding.location().line());
        assertTrue(finding.message().contains("no store is lost"), finding.message());
    }

    /** The same where what is stored is durable at once, and the exploration does not go through the run in order. */
    @Test
    void aStretchOfRefusedStatesIsOneFinding() {
        StringBuilder text =
                new StringBuilder(START.replace("flags=sync", "flags=sync,caches-persist") + store(0, 9, 11));
        for (int i = 1; i < 12; i++) {
            text.append(store(64 * i, 1, 20 + i % 3));
        }
        text.append(store(1024, 2, 30)).append("end\n");
        for (String engine : List.of("representative", "exhaustive")) {
            CrashTrace trace = new CrashTrace(text.toString())
                    .bytes(1025)
                    .engine(engine)
                    .explore((content, markers) -> content.charAt(0) != '9' || content.charAt(1024) == '2');

            Finding finding = only(trace);
            assertEquals(11, finding.location().line());
            assertEquals(12, finding.occurrences());
        }
    }

    /** What was acknowledged must be there: the crash comes after the marker, not before. */
    @Test
    void lossOfWhatWasAcknowledged() {
        String text = START + store(0, 1, 11) + "marker 1 A.main(A.java:12) \"done\"\n" + persist(13) + "end\n";
        CrashTrace trace =
                new CrashTrace(text).bytes(1).explore((content, markers) -> markers.isEmpty() || content.equals("1"));

        Finding finding = only(trace);
        assertEquals(12, finding.location().line());
        assertEquals("right after the marker done", finding.crash().failurePoint());
        assertEquals("lost", finding.crash().stores().get(0).fate());
    }

    @Test
    void sameFindingsWhateverTheNumberOfJobs() {
        String text = START + store(64, 1, 11) + store(128, 2, 12) + store(192, 3, 13) + store(0, 9, 14)
                + store(256, 4, 15) + persist(20) + "end\n";
        CrashTrace.Judge judge = (content, markers) ->
                content.charAt(0) != '9' || content.charAt(128) == '2' && content.charAt(192) == '3';
        List<Finding> one = new CrashTrace(text).bytes(257).explore(judge).findings();
        List<Finding> four =
                new CrashTrace(text).bytes(257).jobs(4).explore(judge).findings();

        assertEquals(fingerprints(one), fingerprints(four));
        assertEquals(2, one.size());
    }

    private static List<String> fingerprints(List<Finding> findings) {
        return findings.stream().map(Finding::fingerprint).sorted().toList();
    }
}
