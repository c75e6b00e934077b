package io.pmemcheckj.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Fingerprint;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    private static final Finding APPEND = finding("unflushed-store", "com.x.Log", "append", 10);
    private static final Finding LAMBDA = finding("unflushed-store", "com.x.Log", "lambda$append$3", 12);
    private static final Finding NESTED = finding("torn-store", "com.x.Log$Index$1", "put", 20);
    private static final Finding UNKNOWN = new Finding(
            "",
            "untraced-write",
            Severity.WARNING,
            "m",
            "f",
            1,
            8,
            Location.UNKNOWN,
            List.of(),
            true,
            new Finding.Range(1, "/data/log.dat", 0, 8),
            null,
            List.of());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rule: unflushed-store                      | 2",
                "rule: un*                                  | 3",
                "class: com.x.Log                           | 3",
                "class: com.x.Log$Index                     | 1",
                "class: com.x.Lo                            | 0",
                "class: com.*                               | 3",
                "method: append                             | 2",
                "{class: com.x.Log, method: put}            | 1",
                "{rule: torn-store, method: append}         | 0",
                "file: Log.java                             | 3",
                "file: com/x/Log.java                       | 3",
                "file: com/y/*.java                         | 0",
                "segment: '*.dat'                           | 1",
                "segment: /data/**                          | 1",
                "stack: com.x.Main.main                     | 3",
                "stack: [com.x.Log*, com.x.Main.main]       | 3",
                "stack: [com.x.Main.main, com.x.Log*]       | 0",
                "{rule: torn-store, until: 2026-06-30}      | 1",
                "{rule: torn-store, until: 2026-06-29}      | 0",
            })
    void whatASuppressionMatches(String criteria, int expected) throws IOException {
        String fields = criteria.startsWith("{") ? criteria.substring(1, criteria.length() - 1) : criteria;
        Gate gate = Gate.open(List.of(file("- {" + fields + ", reason: known}")), null, null);

        Report judged = gate.apply(report(APPEND, LAMBDA, NESTED, UNKNOWN), List.of(), TODAY);

        assertEquals(expected, judged.suppressed().size());
        assertEquals(4 - expected, judged.findings().size());
        assertEquals(expected, judged.summary().suppressed());
        assertEquals(
                4 - expected,
                judged.summary().findings().values().stream().mapToInt(n -> n).sum());
        boolean expired = criteria.contains("06-29");
        assertEquals(expired ? 1 : 0, judged.gate().expiredSuppressions().size());
        assertEquals(
                expected > 0 || expired ? 0 : 1,
                judged.gate().unusedSuppressions().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                | must have a list",
                "suppressions: 3                                   | must have a list",
                "- {reason: all}                                   | would match everything",
                "- {rule: unflushed-store}                         | reason: is missing",
                "- {rule: unflushed-store, reason: ' '}            | reason: must be a text",
                "- {rule: unflushed-stores, reason: x}             | no rule 'unflushed-stores'",
                "- {rule: torn-store, until: soon, reason: x}      | must be a date",
                "- {rule: torn-store, untill: x, reason: x}        | unknown field 'untill'",
                "- {rule: torn-store, stack: 3, reason: x}         | must be a text or a list",
                "- {file: '[', reason: x}                          | bad glob",
                "- [                                               | not valid YAML",
                "- torn-store                                      | must be a mapping",
            })
    void whatIsNoSuppression(String text, String message) throws IOException {
        Path file = file(text);
        String said = assertThrows(UsageException.class, () -> Gate.open(List.of(file), null, null))
                .getMessage();
        assertEquals(true, said.contains(message), said);
        assertEquals(true, said.startsWith("--suppressions " + file), said);
    }

    @Test
    void annotations() {
        Map<String, String> properties = Map.of(
                "suppress:unflushed-store com.x.Log#append", "a cache",
                "suppress:torn-store com.x.Log", "checked",
                "suppress-until:torn-store com.x.Log", "2026-06-29",
                "suppress:unfenced-flush com.x.Log", "never met",
                "suppress:untraced-write com.x.Log", " ",
                "java", "17");

        Report judged = Gate.open(List.of(), null, null)
                .apply(report(APPEND, LAMBDA, NESTED), AnnotatedSuppression.of(properties), TODAY);

        assertEquals(List.of("torn-store"), rules(judged.findings()));
        assertEquals(
                "com.x.Log#append", judged.suppressed().get(0).suppression().source());
        assertEquals("a cache", judged.suppressed().get(1).suppression().reason());
        assertEquals(
                List.of("@SuppressPmem of com.x.Log, torn-store, until 2026-06-29"),
                judged.gate().expiredSuppressions());
        assertEquals(
                List.of(
                        "@SuppressPmem of com.x.Log, unfenced-flush",
                        "@SuppressPmem of com.x.Log, untraced-write (it gives no reason)"),
                judged.gate().unusedSuppressions());
    }

    @Test
    void onlyWhatIsNotInTheBaselineCounts() throws IOException {
        Path file = folder.resolve("baseline.json");
        Gate writing = Gate.open(List.of(), null, file);
        assertEquals(file, writing.writeBaseline(writing.apply(report(APPEND, NESTED), List.of(), TODAY)));

        // the lines have moved, and one more finding is there
        Finding moved = finding("unflushed-store", "com.x.Log", "append", 110);
        Report judged = Gate.open(List.of(), file, null).apply(report(moved, UNKNOWN), List.of(), TODAY);

        assertEquals(List.of("untraced-write"), rules(judged.findings()));
        assertEquals(1, judged.summary().baselined());
        assertEquals(0, judged.summary().suppressed());
        assertEquals("baseline", judged.suppressed().get(0).suppression().kind());
        assertEquals(1, judged.gate().fixed());
    }

    @Test
    void aSecondFaultLikeTheFirstCounts() throws IOException {
        Path file = folder.resolve("baseline.json");
        Gate writing = Gate.open(List.of(), null, file);
        writing.writeBaseline(report(APPEND));

        Finding second = finding("unflushed-store", "com.x.Log", "append", 30);
        Report judged = Gate.open(List.of(), file, null).apply(report(APPEND, second), List.of(), TODAY);

        assertEquals(1, judged.findings().size());
    }

    @Test
    void whatIsSuppressedOtherwiseDoesNotGetIntoABaseline() throws IOException {
        Path file = folder.resolve("baseline.json");
        Gate gate = Gate.open(List.of(file("- {rule: torn-store, reason: known}")), null, file);

        gate.writeBaseline(gate.apply(report(APPEND, NESTED), List.of(), TODAY));

        String text = Files.readString(file);
        assertEquals(true, text.contains("com.x.Log.append"), text);
        assertEquals(false, text.contains("torn-store"), text);
    }

    @Test
    void anUntrustedCheckMakesNoBaseline() throws IOException {
        Path file = folder.resolve("baseline.json");

        assertNull(Gate.open(List.of(), null, file).writeBaseline(report(List.of("a gap"), APPEND)));

        assertEquals(false, Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"schemaVersion\": \"1.0\"}", "{\"schemaVersion\": \"1.0\", \"findings\": [{}]}", "<"
            })
    void whatIsNoBaseline(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("b.json"), text);
        String said = assertThrows(UsageException.class, () -> Gate.open(List.of(), file, null))
                .getMessage();
        assertEquals(true, said.startsWith("--baseline " + file), said);
    }

    @Test
    void whereABaselineCannotBeWritten() {
        Path file = folder.resolve("none/b.json");
        assertThrows(UsageException.class, () -> Gate.open(List.of(), null, file));
        assertThrows(UsageException.class, () -> Gate.open(List.of(), null, folder));
    }

    @Test
    void withoutAGateTheReportStaysAsItIs() {
        Report report = report(APPEND);
        assertSame(report, Gate.open(List.of(), null, null).apply(report, List.of(), TODAY));
    }

    @Test
    void difference() throws IOException {
        Gate gate = Gate.open(List.of(file("- {rule: torn-store, reason: known}")), null, null);
        Report later = gate.apply(report(LAMBDA, NESTED, UNKNOWN), List.of(), TODAY);

        ReportDiff diff = ReportDiff.of(report(APPEND, NESTED, UNKNOWN), later);

        assertEquals(
                List.of("lambda$append$3"),
                diff.added().stream().map(f -> f.location().method()).toList());
        assertEquals(
                List.of("append"),
                diff.fixed().stream().map(f -> f.location().method()).toList());
        assertEquals(List.of("torn-store"), rules(diff.suppressed()));
        assertEquals(List.of("untraced-write"), rules(diff.unchanged()));
    }

    private static List<String> rules(List<Finding> findings) {
        return findings.stream().map(Finding::rule).toList();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("suppressions.yaml"), text);
    }

    private static Finding finding(String rule, String type, String method, int line) {
        Location place = new Location(type, method, "Log.java", line);
        return new Finding(
                "",
                rule,
                Severity.ERROR,
                "m",
                "f",
                1,
                8,
                place,
                List.of(place, new Location("com.x.Main", "main", "Main.java", 3)),
                true,
                null,
                "main",
                List.of());
    }

    private static Report report(Finding... findings) {
        return report(List.of(), findings);
    }

    private static Report report(List<String> problems, Finding... findings) {
        List<Finding> named = Fingerprint.assign(List.of(findings));
        return new Report(
                "1.0",
                new Report.Tool("pmemcheck-j", "1"),
                new Report.Run(List.of("x"), "17", "auto", 0, 1, problems.isEmpty(), problems, List.of()),
                new Report.Summary(1, 1, 1, 0, 1, 1, 16, Report.Summary.bySeverity(named), 0, 0, null),
                List.of(),
                named,
                List.of(),
                null);
    }
}
