package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.findings.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {

    @Test
    void aReportIsPrintedWorstFirstWithTheVerdictLast() throws Exception {
        assertEquals("""
                ERROR unflushed-store  com.example.store.Log.append(Log.java:42)  8 bytes, 3 times
                    8 bytes stored here were not flushed when the segment was unmapped
                    fix: call force(128, 8) after the store
                    in: /mnt/pmem/log.dat, offset 128, length 8
                    thread: main
                    unmapped here: com.example.store.Log.close(Log.java:99)
                    stack of one occurrence:
                      at com.example.store.Log.append(Log.java:42)
                      at com.example.store.Log.run(Log.java:70)
                      at java.lang.Thread.run(Thread.java:840)

                """, printed(Reports.three()).split("(?<=\n\n)")[0]);
        List<String> lines = printed(Reports.three()).lines().toList();
        assertEquals(
                List.of(
                        "traced: 1,204,511 stores, 2,048 flushes, 2,047 fences, 12 transactions by 4 threads",
                        "segment 1: /mnt/pmem/log.dat, 1.0 MiB (adr): 65,536 bytes stored, 8 not persistent",
                        "segment 2: /var/lib/app/index.dat, 3.0 MiB (page-cache): 4,096 bytes stored, 0 not persistent",
                        "libraries: LLPL 1.2.0, libpmem (by their models)",
                        "audit: 8,190 of 8,192 bytes compared are explained by the stores traced, 2 bytes are not",
                        "checkpoint after load: 136 bytes of 17 stores not persistent",
                        "left out: 1 suppressed finding, 2 findings of the baseline",
                        "verdict: 1 error, 1 warning, 1 note: data can be lost or left inconsistent by a crash"),
                lines.subList(lines.size() - 8, lines.size()));
    }

    @Test
    void placesAreLinkedToTheirSourcesWhereTheseAreFound() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextReport().write(Reports.three(), LogSource.SOURCES, out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                text.contains("Log.append(Log.java:42)  8 bytes, 3 times\n    source: " + LogSource.PATH + ":42\n"),
                text);
        assertTrue(
                text.contains("unmapped here: com.example.store.Log.close(Log.java:99)  " + LogSource.PATH + ":99\n"),
                text);
    }

    @Test
    void slowFlushesAreToldWithWhatRanBesideThem() throws Exception {
        assertTrue(printed(Reports.flown())
                .contains("""

                        recording: app.jfr, 4.00 s; 1 GC pause, 67.1 ms in all; 2 slow flushes
                          it begins 3.5 s after the JVM; what was before is not in it
                          90.0 ms at 2.000 s  force of /mnt/pmem/log.dat, 8.0 KiB, 2 of 128 lines dirty  %s
                            beside it: GC pause 67.1 ms (G1Full, System.gc()), monitor enter 5.0 ms (a.Lock, held by x), and 3 more
                          1.5 ms at 4.000 s  force of /mnt/pmem/log.dat, 8.0 KiB  unknown
                        """.formatted(Reports.flown().findings().get(0).location())));
    }

    @Test
    void aCrashStateIsToldAfterItsFinding() throws Exception {
        assertEquals("""
                ERROR inconsistent-crash-state  com.example.store.Log.publish(Log.java:120)  16 bytes, 2 times
                    The check refuses a state that a crash here can leave: 1 of 2 stores is lost
                    fix: make what was lost durable before what survived
                    in: /mnt/pmem/log.dat, offset 4096, length 16
                    thread: main
                    crash: after the 14th store, before the fence at com.example.store.Log.publish(Log.java:121)
                    markers passed: begin append 7
                    check: exit code 1
                      recovered 7 records
                      Traceback (most recent call last):
                        File "check.py", line 12, in <module>
                          raise ValueError('record 7 is empty')
                      ValueError: record 7 is empty
                      ... 2 more lines
                    lost: com.example.store.Log.write(Log.java:41), log.dat offset 4096: \
                00000000000000000000000000000000 -> 7265636f726420377265636f72642037
                    survived: com.example.store.Log.publish(Log.java:119), log.dat offset 0: \
                0600000000000000 -> 0700000000000000
                    image: /srv/pmemcheck-report/images/p0-01
                    reproduce: pmemcheck-j crash run.trace --check 'python3 check.py {image}' --state p0-01
                    stack of one occurrence:
                      at com.example.store.Log.publish(Log.java:120)
                      at com.example.store.Log.run(Log.java:70)

                """, printed(Reports.crash()).split("(?<=\n\n)")[0]);
    }

    @Test
    void theExplorationIsToldBeforeTheVerdict() throws Exception {
        assertEquals("""
                crash states: 12 checked, 1 inconsistent, 3 more of the same content, in 1.8 s
                  explored: 7 of 1,204 failure points, power failure, engine representative, seed -7046029254386353131
                  check: python3 check.py {image}
                  coverage: 12 of 4,096 states; stopped by --max-states
                  not covered: failure points 8 to 1,204
                  not covered: states with a torn store
                verdict: 1 error: data can be lost or left inconsistent by a crash
                """, printed(Reports.crash()).split("(?=crash states:)")[1]);
    }

    @Test
    void ofManyStoresAFewOfEachFateArePrinted() throws Exception {
        String text = printed(Reports.crashOf(7, 100));
        assertEquals(5, text.lines().filter(line -> line.contains("    lost: ")).count());
        assertTrue(text.contains("    ... 2 more stores lost\n    survived: "), text);
        assertTrue(text.contains("log.dat offset 4096, first 16 of 100 bytes: 0000"), text);
    }

    @Test
    void anExceptionIsNotSaidTwice() throws Exception {
        String text = printed(Reports.refusedBy("java.lang.IllegalStateException: record 7 is empty"));
        assertTrue(
                text.contains("    check: java.lang.IllegalStateException: record 7 is empty\n"
                        + "          at com.example.Check.check(Check.java:12)\n    lost: "),
                text);
    }

    @Test
    void aLongLineOfTheCheckIsCut() throws Exception {
        assertTrue(printed(Reports.hostile()).contains("\n      " + "x".repeat(160) + " ...\n"));
    }

    @Test
    void findingsBeyondTheLimitAreCountedPerRule() throws Exception {
        String text = printed(new TextReport(false, 2), Reports.many(5_000));
        assertEquals(
                14,
                text.lines()
                        .filter(line -> line.matches("(ERROR|WARNING|NOTE) .*"))
                        .count());
        assertTrue(
                text.contains("... 713 more findings of unflushed-store; report.json and report.html have them all\n"),
                text);
    }

    @Test
    void nothingOfTheProgramReachesTheTerminalRaw() throws Exception {
        String text = printed(Reports.hostile());
        assertFalse(text.codePoints().anyMatch(c -> c != '\n' && Character.isISOControl(c)), text);
        assertFalse(text.contains("\u202e"));
        assertTrue(text.contains("a\\nb\\r\\tc"), text);
        assertTrue(text.contains("ü 漢 😀 \\ud800"), text);
    }

    @Test
    void anUnknownPlaceIsCalledUnknown() throws Exception {
        String text = printed(Reports.hostile());
        assertTrue(text.contains("ERROR unfenced-flush  unknown  once\n"), text);
        assertTrue(text.contains("flushed here: A.b(Unknown Source)\n"), text);
        assertTrue(text.contains("NOTE rule-of-tomorrow  A.b(A.java)  8 bytes, 3 times\n"), text);
    }

    @Test
    void anIncompleteTraceIsTheVerdictWhateverWasFound() throws Exception {
        String text = printed(Reports.hostile());
        assertTrue(text.contains("problem: </script>"), text);
        assertTrue(
                text.endsWith("verdict: The check cannot be trusted: it did not see everything; "
                        + "so far 3 errors, 1 note\n"),
                text);
    }

    @Test
    void aProgramThatMapsNothingIsNotPraised() throws Exception {
        assertTrue(
                printed(Reports.empty()).endsWith("verdict: Nothing found: the program mapped no file that counts\n"));
    }

    @Test
    void coloursAreOnlyUsedWhenAskedFor() throws Exception {
        assertFalse(printed(Reports.three()).contains("\u001b"));
        assertTrue(printed(new TextReport(true), Reports.three())
                .startsWith("\u001b[1;31mERROR\u001b[0m unflushed-store"));
    }

    private static String printed(Report report) throws IOException {
        return printed(new TextReport(), report);
    }

    private static String printed(TextReport format, Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(report, Sources.NONE, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
