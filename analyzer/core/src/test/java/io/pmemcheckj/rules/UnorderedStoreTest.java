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
                "first: 1; must be a list of orders",
                "- {first: {label: a}}; order 1, then: is missing",
                "- {first: {label: a}, then: {}}; order 1, then: needs exactly one of site, file and label",
                "- {first: {label: a}, then: {label: b, offset: 1}}; offset and length go with file only",
                "- {first: {file: a, offset: -1}, then: {label: b}}; order 1, first, offset: must be a whole number",
                "- {first: {site: {method: a}}, then: {label: b}}; order 1, first, site, class: is missing",
                "- {first: {file: '[a'}, then: {label: b}}; order 1, first, file: bad glob",
                "- {first: {label: a}, then: {label: b}, els: 1}; unknown field 'els'",
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
