package io.pmemcheckj.rules;

import static io.pmemcheckj.analysis.Check.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pmemcheckj.analysis.Check;
import io.pmemcheckj.analysis.UsageException;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnorderedStoreTest {
    private static final String DECLARED = "expect-ordered 1 @3 0x10000 16 0x10040 8\n";
    private static final String PERSIST = "force-begin 1 @90 0x10000 128\nforce-end 1\n";

    private static final String PERSIST2 = "force-begin 1 @91 0x10080 512\nforce-end 1\n";

    @TempDir
    Path folder;

    private static void expect(String events, String... findings) {
        assertEquals(List.of(findings), Check.findings(MAPPED + events));
    }

    @Test
    void secondStoredWhileFirstIsPendingIsUnordered() {
        Report report = Check.report(MAPPED + DECLARED + "store 1 @5 0x10000 8\nstore 1 @6 0x10040 8\n" + PERSIST);
        assertEquals(List.of("unordered-store:6 x1 8B"), Check.summarize(report));
        assertEquals(5, report.findings().get(0).related().get(0).location().line());
    }

    @Test
    void secondStoredAfterFirstIsPersistentIsFine() {
        expect(DECLARED + "store 1 @5 0x10000 8\n" + PERSIST + "store 1 @6 0x10040 8\n" + PERSIST);
    }

    @Test
    void storesInOneLineKeepTheirOrder() {
        expect("expect-ordered 1 @3 0x10000 8 0x10008 8\nstore 1 @5 0x10000 8\nstore 1 @6 0x10008 8\n" + PERSIST);
    }

    @Test
    void storesInOneLineOfAnOrdinaryFileDoNot() {
        expect(
                "expect-ordered 1 @3 0x100000 8 0x100008 8\nstore 1 @5 0x100000 8\nstore 1 @6 0x100008 8\n"
                        + "force-begin 1 @7 0x100000 16\nforce-end 1\n",
                "unordered-store:6 x1 8B");
    }

    @Test
    void firstStoredAfterSecondIsReportedOnce() {
        expect(
                DECLARED + "store 1 @6 0x10040 8\n" + PERSIST + "store 1 @5 0x10000 8\n" + PERSIST
                        + "store 1 @5 0x10000 8\n" + PERSIST,
                "unordered-store:6 x1 8B");
    }

    @Test
    void firstStoredBeforeTheDeclarationMayBeStoredAgainLater() {
        expect("store 1 @4 0x10000 8\n" + PERSIST + DECLARED + "store 1 @6 0x10040 8\n" + PERSIST
                + "store 1 @5 0x10000 8\n" + PERSIST);
    }

    @Test
    void bothPendingAtTheDeclaration() {
        expect("store 1 @5 0x10000 8\nstore 1 @6 0x10040 8\n" + DECLARED + PERSIST, "unordered-store:6 x1 8B");
    }

    @Test
    void persistentCachesOrderOrdinaryStores() {
        String events = MAPPED + DECLARED + "store 1 @5 0x10000 8\nstore 1 @6 0x10040 8\nend\n";
        assertEquals(List.of(), Check.summarize(Check.report("eadr", events)));
        String bypassing =
                MAPPED + DECLARED + "store 1 @5 0x10000 8 non-temporal\nstore 1 @6 0x10040 8\nfence 1 @7\nend\n";
        assertEquals(List.of("unordered-store:6 x1 8B"), Check.summarize(Check.report("eadr", bypassing)));
    }

    @Test
    void oneStoreOverManyLinesCountsOnce() {
        expect(
                "expect-ordered 1 @3 0x10000 8 0x10040 256\nstore 1 @5 0x10000 8\nstore 1 @6 0x10040 256\n"
                        + "force-begin 1 @7 0x10000 512\nforce-end 1\n",
                "unordered-store:6 x1 256B");
    }

    private static String fix(String events) {
        Report report = Check.report(List.of("unordered-store"), MAPPED + events + "end\n");
        assertEquals(1, report.findings().size());
        return report.findings().get(0).fix();
    }

    @Test
    void neitherFlushedNorFenced() {
        assertEquals(
                "Flush it and fence after Main.java:5 and before Main.java:6; no flush stands between.",
                fix(DECLARED + "store 1 @5 0x10000 8\nstore 1 @6 0x10040 8\n" + PERSIST));
    }

    @Test
    void flushedAndNotFenced() {
        String events = DECLARED + "store 1 @5 0x10000 8\nflush 1 @7 0x10000 8\nstore 1 @6 0x10040 8\n" + PERSIST;
        assertEquals(
                "Fence after the flush at Main.java:7 and before Main.java:6; only the fence is missing.", fix(events));
        List<Finding.Related> related =
                Check.report(MAPPED + events).findings().get(0).related();
        assertEquals(
                List.of(5, 7),
                related.stream().map(each -> each.location().line()).toList());
    }

    @Test
    void fencedByAThreadThatDidNotFlush() {
        assertEquals(
                "Fence after the flush at Main.java:7 and before Main.java:6, on the thread that flushed (writer): the fence"
                        + " at Main.java:8 was made by committer and waits for that thread's own flushes only.",
                fix(DECLARED + """
                        thread 1 "writer"
                        thread 2 "committer"
                        store 1 @5 0x10000 8
                        flush 1 @7 0x10000 8
                        fence 2 @8
                        store 2 @6 0x10040 8
                        fence 1 @9
                        """ + PERSIST));
    }

    @Test
    void flushAndFenceByAnotherThreadThanTheStoreAreEnough() {
        expect(DECLARED + "store 1 @5 0x10000 8\nflush 2 @7 0x10000 8\nfence 2 @8\nstore 1 @6 0x10040 8\n" + PERSIST);
    }

    @Test
    void failedForce() {
        String failed = "force-begin 1 @7 0x10000 8\nforce-end 1 failed\n";
        Report report = Check.report(
                MAPPED + DECLARED + "store 1 @5 0x10000 8\n" + failed + "store 1 @6 0x10040 8\n" + PERSIST);
        assertEquals(
                "Flush it again and fence after Main.java:7 and before Main.java:6; that flush failed.",
                report.findings().get(0).fix());
    }

    @Test
    void ordinaryFilesNeedAForce() {
        String declared = "expect-ordered 1 @3 0x100000 8 0x101000 8\n";
        String stores = "store 1 @5 0x100000 8\nstore 1 @6 0x101000 8\n";
        String force = "force-begin 1 @9 0x100000 8192\nforce-end 1\n";
        assertEquals(
                "Call force() for it after Main.java:5 and before Main.java:6; none stands between, and pages reach the"
                        + " file in any order.",
                fix(declared + stores + force));
        expect(declared + "store 1 @5 0x100000 8\n" + force + "store 1 @6 0x101000 8\n" + force);
    }

    @Test
    void aForceOfAnotherThreadThatHasNotReturned() {
        assertEquals(
                "Wait until the force() at Main.java:7 has returned before Main.java:6.",
                fix("expect-ordered 1 @3 0x100000 8 0x101000 8\nstore 1 @5 0x100000 8\n"
                        + "force-begin 2 @7 0x100000 4096\nstore 1 @6 0x101000 8\nforce-end 2\n"));
    }

    @Test
    void persistentCachesDoNotMendTheOrderOfTheProgram() throws IOException {
        Path file = orders("- {first: {file: pmem, offset: 64}, then: {file: pmem, offset: 0, length: 8}}\n");
        String wrong = MAPPED + "store 1 @6 0x10000 8\nstore 1 @5 0x10040 8\nend\n";
        String right = MAPPED + "store 1 @5 0x10040 8\nstore 1 @6 0x10000 8\nend\n";
        assertEquals(List.of("unordered-store:6 x1 8B"), Check.summarize(Check.report("eadr", wrong, List.of(file))));
        assertEquals(List.of(), Check.summarize(Check.report("eadr", right, List.of(file))));
    }

    @Test
    void storesOnOneLineOfCodeAreTwoStores() {
        expect(
                DECLARED + "store 1 @5 0x10000 8\nstore 1 @5 0x10040 8\n" + PERSIST + "store 1 @5 0x10000 8\n" + PERSIST
                        + "store 1 @5 0x10040 8\n" + PERSIST,
                "unordered-store:5 x1 8B");
    }

    @Test
    void sidesThatTakeTurnsMayBeginWithEither() {
        expect("expect-ordered 1 @3 0x10000 8 0x10040 8\nexpect-ordered 1 @4 0x10040 8 0x10000 8\n"
                + "store 1 @6 0x10040 8\n" + PERSIST + "store 1 @5 0x10000 8\n" + PERSIST);
    }

    private List<String> withOrders(String yaml, String events) throws IOException {
        return Check.summarize(Check.report("auto", MAPPED + events + "end\n", List.of(orders(yaml)))).stream()
                .filter(finding -> finding.startsWith("unordered-store"))
                .toList();
    }

    @Test
    void anOrderOfTheWholeRunMayBeginWithAnInitialization() throws IOException {
        String order = "- {first: {file: pmem, offset: 64}, then: {file: pmem, offset: 0, length: 8}}\n";
        String head = "store 1 @6 0x10000 8\n" + PERSIST;
        String entry = "store 1 @5 0x10040 8\n" + PERSIST;
        assertEquals(List.of(), withOrders(order, head + entry + head + entry + head));
        assertEquals(List.of("unordered-store:6 x1 8B"), withOrders(order, head + entry + head + entry));
    }

    private static final String SLOTS = """
            structs:
            - name: slot
              %s
              size: 128
              fields: {valid: {offset: 0, length: 8}, value: {offset: 64, length: 64}}
            - {name: head, file: pmem, size: 64, count: 1, fields: {count: {offset: 8, length: 8}}}
            orders:
            - {name: value before valid, first: {field: slot.value}, then: {field: slot.valid}}
            - {first: {field: slot.valid}, then: {field: head.count}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{file: pmem, offset: 64}", "{label: slots}", "{file: pmem, offset: 64, count: 2}"})
    void fieldsOfOneStructAreOrderedWithinTheElement(String place) throws IOException {
        String yaml = SLOTS.formatted(place.substring(1, place.length() - 1).replace(", ", "\n  "));
        String label = "label 1 @2 0x10040 512 \"slots\"\n";
        // slot 0 is at 0x10040, slot 1 at 0x100c0
        String other = label + "store 1 @5 0x10080 64\nstore 1 @6 0x100c0 8\n" + PERSIST + PERSIST2;
        String same = label + "store 1 @5 0x10100 64\nstore 1 @6 0x100c0 8\n" + PERSIST + PERSIST2;
        assertEquals(List.of(), withOrders(yaml, other + "store 1 @7 0x10008 8\n" + PERSIST));
        assertEquals(List.of("unordered-store:6 x1 8B"), withOrders(yaml, same));
        String count = label + "store 1 @6 0x100c0 8\nstore 1 @7 0x10008 8\n" + PERSIST + PERSIST2;
        assertEquals(List.of("unordered-store:7 x1 8B"), withOrders(yaml, count));
    }

    @Test
    void elementsEndWithTheirCount() throws IOException {
        String yaml = SLOTS.formatted("file: pmem\n  offset: 64\n  count: 1");
        assertEquals(List.of(), withOrders(yaml, "store 1 @5 0x10100 64\nstore 1 @6 0x100c0 8\n" + PERSIST + PERSIST2));
    }

    @Test
    void oneStoreOverManyElementsConcernsEach() throws IOException {
        String yaml = SLOTS.formatted("file: pmem\n  offset: 64");
        assertEquals(
                List.of("unordered-store:6 x2 16B"),
                withOrders(
                        yaml,
                        "store 1 @5 0x10080 192\n" + "store 1 @6 0x10040 8\nstore 1 @6 0x100c0 8\n" + PERSIST
                                + PERSIST2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"app.Main#run; head*", "entry; app.Main#run", "*.Main#run; he?d", "entry; head"})
    void codeDeclaresOrders(String first, String then) {
        String declared = "label 1 @2 0x10000 8 \"entry\"\ndeclared-order \"entry before head\" \"" + first + "\" \""
                + then + "\"\nlabel 1 @2 0x10040 8 \"head\"\n";
        Report report = Check.report(MAPPED + declared + "store 1 @5 0x10000 8\nstore 1 @6 0x10040 8\n" + PERSIST);
        assertEquals(
                "unordered-store:6 x1 8B",
                Check.summarize(report).get(Check.summarize(report).size() - 1));
        assertEquals(true, report.findings().get(0).message().contains("(entry before head)"));
    }

    private Path orders(String yaml) throws IOException {
        return Files.writeString(folder.resolve("orders.yaml"), yaml);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{site: {class: 'app.M*', method: run, line: 5}}; {site: {class: app.Main, line: 6}}",
                "{file: pmem, offset: 0, length: 8}; {file: '/data/*', offset: 64, length: 8}",
                "{label: entry}; {label: head}",
                "{label: entry}; {site: {class: app.Main, line: 6}}"
            })
    void orderFileSelectsStores(String first, String then) throws IOException {
        Path file = orders("- name: entry before head\n  first: " + first + "\n  then: " + then + "\n");
        String labels = "label 1 @2 0x10000 8 \"entry\"\nlabel 1 @2 0x10040 8 \"head\"\n";
        String wrong = MAPPED + labels + "store 1 @5 0x10000 8\nstore 1 @6 0x10040 8\n" + PERSIST + "end\n";
        assertEquals(List.of("unordered-store:6 x1 8B"), Check.summarize(Check.report("auto", wrong, List.of(file))));
        String right =
                MAPPED + labels + "store 1 @5 0x10000 8\n" + PERSIST + "store 1 @6 0x10040 8\n" + PERSIST + "end\n";
        assertEquals(List.of(), Check.summarize(Check.report("auto", right, List.of(file))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "first: 1; the file: unknown field 'first'",
                "1; must be a list of orders",
                "- {first: {label: a}}; order 1, then: is missing",
                "- {first: {label: a}, then: {}}; order 1, then: needs exactly one of site, file, label and field",
                "- {first: {label: a}, then: {label: b, offset: 1}}; offset and length go with file only",
                "- {first: {file: a, offset: -1}, then: {label: b}}; order 1, first, offset: must be a whole number",
                "- {first: {site: {method: a}}, then: {label: b}}; order 1, first, site, class: is missing",
                "- {first: {file: '[a'}, then: {label: b}}; order 1, first, file: bad glob",
                "- {first: {label: a}, then: {label: b}, els: 1}; unknown field 'els'",
                "- {first: {label: a}, then: {field: s.f}}; order 1, then, field: no struct in this file has 's.f'",
                "{structs: [{name: s, size: 8, fields: {}}], orders: []}; struct 1: needs exactly one of file and label",
                "{structs: [{name: s, label: l, fields: {}}], orders: []}; struct 1, size: is missing",
                "{structs: [{name: s, label: l, size: 8, fields: {f: {offset: 4, length: 8}}}], orders: []}; struct 1, fields, f: reaches beyond",
                "{structs: [{name: s, label: l, size: 8, fields: {f: 1}}], orders: []}; struct 1, fields, f: must be a mapping",
                "{structs: []}; must be a list of orders",
                "- {first: {label: [; not valid YAML"
            })
    void badOrderFileIsOneLineNamingFileAndField(String yaml, String message) throws IOException {
        Path file = orders(yaml);
        UsageException e = assertThrows(UsageException.class, () -> Check.report("auto", "end\n", List.of(file)));
        assertEquals(
                true,
                e.getMessage().startsWith("--order " + file) && e.getMessage().contains(message),
                e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "- {name: n, first: {site: {class: a, method: b, line: 1}}, then: {file: a, offset: 0, length: 1}}; 0",
                "- {first: {label: a}, then: {label: b}}; 0",
                "- {first: {label: a, file: b}, then: {label: b}}; 1",
                "{structs: [{name: s, file: a, size: 8, count: 2, fields: {f: {offset: 0, length: 8}}}], orders: [{first: {field: s.f}, then: {label: b}}]}; 0",
                "{structs: [{name: s, file: a, label: b, size: 8, fields: {}}], orders: []}; 1",
                "{structs: [{name: s, file: a, size: 8, fields: {f: {offset: 0}}}], orders: []}; 1",
                "{structs: []}; 1",
                "- {first: {file: a, length: 0}, then: {label: b}}; 1",
                "- {first: {label: a}}; 1"
            })
    void theSchemaAgreesWithTheReader(String yaml, int rejected) throws IOException {
        Path file = orders(yaml);
        Schema schema;
        try (InputStream in = OrderFile.class.getResourceAsStream("/io/pmemcheckj/rules/schema/order.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        }
        assertEquals(rejected == 0, schema.validate(yaml, InputFormat.YAML).isEmpty());
        if (rejected == 0) {
            assertEquals(List.of(), Check.report("auto", "end\n", List.of(file)).findings());
        } else {
            assertThrows(UsageException.class, () -> Check.report("auto", "end\n", List.of(file)));
        }
    }

    @Test
    void missingOrderFile() {
        Path file = folder.resolve("none.yaml");
        UsageException e = assertThrows(UsageException.class, () -> Check.report("auto", "end\n", List.of(file)));
        assertEquals("--order " + file + ": no such file", e.getMessage());
    }
}
