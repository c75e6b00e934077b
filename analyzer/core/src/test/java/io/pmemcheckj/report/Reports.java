package io.pmemcheckj.report;

import io.pmemcheckj.findings.CrashState;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Fingerprint;
import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports to write in tests. */
final class Reports {
    /** Everything that has broken a terminal, a page or a JSON writer before. */
    static final String HOSTILE =
            "</script><script>alert(1)</script><!-- \u001b[2J\u001b]0;x\u0007 a\nb\r\tc \u202egnp.exe \u2028 ü 漢 😀 \ud800 {{data}} $1 \\ \" '";

    private Reports() {}

    static Location at(String method, int line) {
        return new Location("com.example.store.Log", method, "Log.java", line);
    }

    static Finding finding(String rule, Severity severity, Location location) {
        return new Finding(
                "",
                rule,
                severity,
                "8 bytes stored here were not flushed when the segment was unmapped",
                "call force(128, 8) after the store",
                3,
                8,
                location,
                List.of(location, at("run", 70), new Location("java.lang.Thread", "run", "Thread.java", 840)),
                true,
                new Finding.Range(1, "/mnt/pmem/log.dat", 128, 8),
                "main",
                List.of(new Finding.Related("unmapped here", at("close", 99), List.of(at("close", 99)))));
    }

    static Report three() {
        return report(List.of(
                finding("redundant-flush", Severity.WARNING, at("append", 57)),
                finding("unflushed-store", Severity.ERROR, at("append", 42)),
                finding("oversized-flush", Severity.NOTE, at("sync", 63))));
    }

    /** A count that survived without its record, as {@code pmemcheck-j crash} reports it. */
    static Report crash() {
        return crash(1, 64);
    }

    /** @param lineBytes bytes of a line: 64, or a sector's 512 */
    static Report crash(int number, int lineBytes) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            findings.add(crashFinding(at("publish", 120 + i), recordLost(i, lineBytes)));
        }
        return exploredBy(report(findings), partly());
    }

    /** @param lost how many stores of how many bytes each */
    static Report crashOf(int lost, int length) {
        CrashState state = recordLost(0, 64);
        List<CrashState.Store> stores = new ArrayList<>();
        CrashState.Store first = state.stores().get(0);
        for (int i = 0; i < lost; i++) {
            stores.add(new CrashState.Store(
                    first.fate(),
                    at("write", 41 + i),
                    first.stack(),
                    "worker-" + i % 3,
                    first.path(),
                    first.offset() + (long) i * length,
                    length,
                    "00".repeat(Math.min(length, 32)),
                    "ab".repeat(Math.min(length, 32))));
        }
        stores.add(state.stores().get(1));
        return stateOf(state.verdict(), state.output(), stores);
    }

    /** @param exception what the check threw, in a line */
    static Report refusedBy(String exception) {
        String output = exception + "\n\tat com.example.Check.check(Check.java:12)\n";
        return stateOf(exception, output, recordLost(0, 64).stores());
    }

    private static Report stateOf(String verdict, String output, List<CrashState.Store> stores) {
        CrashState state = recordLost(0, 64);
        CrashState changed = new CrashState(
                state.id(),
                state.failurePoint(),
                verdict,
                output,
                state.image(),
                state.reproduce(),
                state.markers(),
                stores,
                state.lines());
        return exploredBy(report(List.of(crashFinding(at("publish", 120), changed))), partly());
    }

    static Report.Exploration partly() {
        return new Report.Exploration(
                "representative",
                "power",
                "python3 check.py {image}",
                -7_046_029_254_386_353_131L,
                1_204,
                7,
                "4096",
                12,
                3,
                1,
                "part",
                "max-states",
                List.of("failure points 8 to 1,204", "states with a torn store"),
                1_834);
    }

    static Report exploredBy(Report report, Report.Exploration exploration) {
        return new Report(
                report.schemaVersion(),
                report.tool(),
                report.run(),
                report.summary(),
                report.segments(),
                report.findings(),
                report.checkpoints(),
                exploration);
    }

    private static Finding crashFinding(Location location, CrashState state) {
        return new Finding(
                        "",
                        "inconsistent-crash-state",
                        Severity.ERROR,
                        "The check refuses a state that a crash here can leave: 1 of 2 stores is lost",
                        "make what was lost durable before what survived",
                        2,
                        16,
                        location,
                        List.of(location, at("run", 70)),
                        true,
                        new Finding.Range(1, "/mnt/pmem/log.dat", 4_096, 16),
                        "main",
                        List.of(new Finding.Related("lost", at("write", 41), List.of(at("write", 41)))))
                .provedBy(state);
    }

    private static CrashState recordLost(int number, int lineBytes) {
        String zeros = "00".repeat(lineBytes);
        String record = "7265636f72642037".repeat(2) + zeros.substring(32);
        String count = "0700000000000000" + zeros.substring(16);
        return new CrashState(
                "p" + number + "-01",
                "after the 14th store, before the fence at com.example.store.Log.publish(Log.java:" + (121 + number)
                        + ")",
                "exit code 1",
                "recovered 7 records\nTraceback (most recent call last):\n  File \"check.py\", line 12, in <module>\n"
                        + "\traise ValueError('record 7 is empty')\nValueError: record 7 is empty\nsee log\nbye\n",
                "/srv/pmemcheck-report/images/p" + number + "-01",
                "pmemcheck-j crash run.trace --check 'python3 check.py {image}' --state p" + number + "-01",
                List.of("begin append 7"),
                List.of(
                        new CrashState.Store(
                                "lost",
                                at("write", 41),
                                List.of(at("write", 41), at("append", 33), at("run", 70)),
                                "main",
                                "/mnt/pmem/log.dat",
                                4_096,
                                16,
                                "00".repeat(16),
                                "7265636f72642037".repeat(2)),
                        new CrashState.Store(
                                "survived",
                                at("publish", 119),
                                List.of(at("publish", 119), at("append", 34), at("run", 70)),
                                "main",
                                "/mnt/pmem/log.dat",
                                0,
                                8,
                                "0600000000000000",
                                "0700000000000000")),
                List.of(
                        new CrashState.Line("/mnt/pmem/log.dat", 0, "06" + count.substring(2), count, count),
                        new CrashState.Line("/mnt/pmem/log.dat", 4_096, zeros, zeros, record)));
    }

    /** A state whose every text and number is a surprise. */
    private static CrashState hostileState(Location evil) {
        return new CrashState(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE + "\n" + "x".repeat(10_000) + "\n\n" + HOSTILE,
                null,
                HOSTILE,
                List.of(HOSTILE),
                List.of(
                        new CrashState.Store("torn", evil, List.of(evil), null, HOSTILE, 0, 100, "00", ""),
                        new CrashState.Store(
                                "lost", Location.UNKNOWN, List.of(), HOSTILE, HOSTILE, Long.MAX_VALUE, 1, "", "ff")),
                List.of(
                        new CrashState.Line(HOSTILE, 0, "0001", "", "ff"),
                        new CrashState.Line(HOSTILE, Long.MAX_VALUE, "", "", "")));
    }

    static Report many(int number) {
        List<String> rules = List.copyOf(RuleCatalogue.load().defaultIds());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String rule = rules.get(i % 7);
            Location location = new Location(
                    "com.example.storage.engine.Component" + (char) ('A' + i % 26) + ".Node" + i / 100,
                    "method" + i,
                    "Component" + (char) ('A' + i % 26) + ".java",
                    i);
            findings.add(finding(rule, RuleCatalogue.load().rule(rule).severity(), location));
        }
        return report(findings);
    }

    /** A report with all that a page can show: files, threads and classes to filter by, timelines, maps, suppressions. */
    static Report gallery(int number) {
        List<String> rules = List.copyOf(RuleCatalogue.load().defaultIds());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String rule = number <= rules.size()
                    ? List.of("unflushed-store", "unfenced-flush", "redundant-flush")
                            .get(i % 3)
                    : rules.get((int) (Math.sqrt(i) * 7) % rules.size());
            findings.add(pictured(rule, i));
        }
        Report report = report(findings);
        List<Finding> suppressed = List.of(
                pictured("torn-store", 7)
                        .suppressed(new Finding.Suppression(
                                "file", "checked by a CRC on recovery", "2027-06-30", "suppressions.yaml:3")),
                pictured("unfenced-flush", 8)
                        .suppressed(new Finding.Suppression("baseline", null, null, "baseline.json")));
        return new Report(
                report.schemaVersion(),
                report.tool(),
                report.run(),
                report.summary(),
                List.of(
                        new Report.Segment(1, "/mnt/pmem/log.dat", 1 << 20, "adr", true, 65_536, 72, map(3, 90)),
                        new Report.Segment(
                                2, "/var/lib/app/index.dat", 3 << 20, "page-cache", false, 4_096, 0, map(20, 128))),
                report.findings(),
                report.checkpoints(),
                null,
                Fingerprint.assign(suppressed),
                new Report.Gate(
                        List.of("suppressions.yaml:9 torn-store"), List.of("suppressions.yaml:14 untraced-write"), 2),
                null);
    }

    private static Finding pictured(String rule, int i) {
        Location location = new Location(
                "com.example." + (i % 3 == 0 ? "store" : "storage.engine") + ".Component" + (char) ('A' + i % 26)
                        + (i < 100 ? "" : "$Node" + i / 100),
                "method" + i % 40,
                "Component" + (char) ('A' + i % 26) + ".java",
                10 + i);
        Finding plain = finding(rule, RuleCatalogue.load().rule(rule).severity(), location);
        Finding.Range range = new Finding.Range(
                1 + i % 2, i % 2 == 0 ? "/mnt/pmem/log.dat" : "/var/lib/app/index.dat", 4_096L + i * 8L % 65_536, 8);
        return new Finding(
                        Integer.toHexString(0x1000_0000 + i),
                        rule,
                        plain.severity(),
                        plain.message(),
                        plain.fix(),
                        plain.occurrences(),
                        plain.bytes(),
                        location,
                        List.of(location, at("run", 70), new Location("java.lang.Thread", "run", "Thread.java", 840)),
                        true,
                        range,
                        "worker-" + i % 5,
                        plain.related())
                .after(List.of(
                        new Finding.Step("stored", at("open", 31), "main", range.offset(), 16),
                        new Finding.Step("flushed", at("open", 32), "main", range.offset() / 64 * 64, 64),
                        new Finding.Step("fenced", at("open", 33), "main", 0, 0),
                        new Finding.Step("stored", location, "worker-" + i % 5, range.offset(), 8),
                        new Finding.Step("fenced by another thread", at("sync", 63), "syncer", 0, 0),
                        new Finding.Step("ended", Location.UNKNOWN, null, 0, 0)));
    }

    private static Report.SegmentMap map(int from, int to) {
        List<Long> stored = new ArrayList<>();
        List<Long> unpersisted = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            stored.add(i >= from && i < to ? 512L : 0L);
            unpersisted.add(from == 3 && (i == 4 || i == 5 || i == 60) ? 24L : 0L);
        }
        return new Report.SegmentMap((from == 3 ? 1 << 20 : 3 << 20) / 128, stored, unpersisted);
    }

    static Report hostile() {
        Location evil = new Location(HOSTILE, HOSTILE, HOSTILE, 7);
        Finding everything = new Finding(
                "",
                "unflushed-store",
                Severity.ERROR,
                HOSTILE,
                HOSTILE,
                1,
                1,
                evil,
                List.of(evil),
                false,
                new Finding.Range(1, HOSTILE, 0, 1),
                HOSTILE,
                List.of(new Finding.Related(HOSTILE, evil, List.of(evil))));
        Finding nothing = new Finding(
                "",
                "unfenced-flush",
                Severity.ERROR,
                "",
                "",
                1,
                0,
                Location.UNKNOWN,
                List.of(),
                false,
                null,
                null,
                List.of(new Finding.Related("flushed here", new Location("A", "b", null, 0), List.of())));
        Finding crashed = crashFinding(evil, hostileState(evil));
        Finding fromLaterVersion = finding("rule-of-tomorrow", Severity.NOTE, new Location("A", "b", "A.java", 0));
        Report report = report(List.of(everything, nothing, crashed, fromLaterVersion));
        return new Report(
                report.schemaVersion(),
                report.tool(),
                new Report.Run(
                        List.of(HOSTILE),
                        null,
                        "auto",
                        null,
                        0,
                        false,
                        List.of(HOSTILE),
                        List.of(new Report.Library(HOSTILE, HOSTILE))),
                report.summary(),
                List.of(new Report.Segment(1, HOSTILE, 4096, "page-cache", false, 1, 1)),
                report.findings(),
                List.of(new Report.Checkpoint(HOSTILE, 1, 1)),
                new Report.Exploration(
                        HOSTILE, "process", HOSTILE, 0, 0, 0, "1.5e30", 0, 0, 0, "part", null, List.of(HOSTILE), 0));
    }

    /** One finding that counts, with what happened to its line, and one for each reason not to count. */
    static Report gated() {
        Report report = three();
        List<Finding.Step> steps = List.of(
                new Finding.Step("stored", at("append", 42), "main", 128, 8),
                new Finding.Step("fenced", at("sync", 63), "worker-1", 0, 0),
                new Finding.Step("ended", Location.UNKNOWN, null, 0, 0));
        return gatedBy(
                report,
                List.of(report.findings().get(1).after(steps)),
                List.of(
                        report.findings()
                                .get(0)
                                .suppressed(new Finding.Suppression(
                                        Finding.Suppression.FILE, "cold path", "2027-06-30", "pmem.yaml:3")),
                        report.findings()
                                .get(2)
                                .suppressed(new Finding.Suppression(
                                        Finding.Suppression.ANNOTATION, "a cache", null, "com.example.store.Log")),
                        finding("unfenced-flush", Severity.ERROR, at("old", 9))
                                .suppressed(new Finding.Suppression(
                                        Finding.Suppression.BASELINE, null, null, "baseline.json"))),
                new Report.Gate(List.of(), List.of(), 1));
    }

    private static Report gatedBy(Report report, List<Finding> counting, List<Finding> suppressed, Report.Gate gate) {
        return new Report(
                report.schemaVersion(),
                report.tool(),
                report.run(),
                report.summary(),
                report.segments(),
                counting,
                report.checkpoints(),
                report.exploration(),
                Fingerprint.assign(suppressed),
                gate,
                null);
    }

    /** With a recording: a moment of the first finding, and two slow flushes at its place. */
    static Report flown() {
        Report report = gallery(3);
        Finding first = report.findings().get(0);
        Flight.Activity pause = new Flight.Activity("GC pause", 2_010_000, 67_100, null, "G1Full, System.gc()");
        Flight.Activity wait = new Flight.Activity("monitor enter", 2_080_000, 5_000, "worker-0", "a.Lock, held by x");
        return report.beside(new Flight(
                "app.jfr",
                "2027-01-31T12:00:00.123Z",
                1_000_000,
                5_000_000,
                List.of("it begins 3.5 s after the JVM; what was before is not in it"),
                List.of(
                        new Flight.Sample(1_500_000, 10, 1, 1, 512),
                        new Flight.Sample(2_500_000, 20, 41, 41, 2048),
                        new Flight.Sample(4_900_000, 30, 41, 41, 64)),
                List.of(pause),
                1,
                67_100,
                List.of(
                        slowFlush(first.location(), 2_000_000, 90_000, 2L, List.of(pause, wait), 3),
                        slowFlush(Location.UNKNOWN, 4_000_000, 1_500, null, List.of(), 0)),
                2,
                List.of(new Flight.Moment(
                        first.fingerprint(), 1_500_000, 2_500_000, "worker-0", List.of(pause, wait), 0))));
    }

    private static Flight.SlowFlush slowFlush(
            Location location, long at, long duration, Long dirty, List<Flight.Activity> beside, int more) {
        return new Flight.SlowFlush(
                at,
                duration,
                "force",
                "/mnt/pmem/log.dat",
                4096,
                8192,
                128L,
                dirty,
                dirty,
                false,
                "worker-0",
                location,
                List.of("com.example.store.Log.append, line 12"),
                beside,
                more);
    }

    static Report empty() {
        return new Report(
                Report.SCHEMA_VERSION,
                new Report.Tool("pmemcheck-j", "0.1.0"),
                new Report.Run(List.of(), "17.0.15", "auto", 0, 12, true, List.of(), List.of()),
                new Report.Summary(0, 0, 0, 0, 0, 0, 0, count(List.of()), 0, 0, null),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    static Report report(List<Finding> findings) {
        return new Report(
                Report.SCHEMA_VERSION,
                new Report.Tool("pmemcheck-j", "0.1.0"),
                new Report.Run(
                        List.of("java", "-jar", "app.jar", "--size=4"),
                        "17.0.15",
                        "auto",
                        0,
                        1834,
                        true,
                        List.of(),
                        List.of(new Report.Library("LLPL", "1.2.0"), new Report.Library("libpmem", ""))),
                new Report.Summary(
                        1_204_511,
                        2_048,
                        2_047,
                        12,
                        2,
                        4,
                        5_300_221,
                        count(findings),
                        1,
                        2,
                        new Report.Audit(8_192, 8_190)),
                List.of(
                        new Report.Segment(1, "/mnt/pmem/log.dat", 1 << 20, "adr", true, 65_536, 8),
                        new Report.Segment(2, "/var/lib/app/index.dat", 3 << 20, "page-cache", false, 4_096, 0)),
                Fingerprint.assign(findings),
                List.of(new Report.Checkpoint("after load", 17, 136)),
                null);
    }

    private static Map<String, Integer> count(List<Finding> findings) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.id(), (int) findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .count());
        }
        return counts;
    }
}
