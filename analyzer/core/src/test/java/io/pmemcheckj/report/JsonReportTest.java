package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    private static final JsonReport JSON = new JsonReport();

    @TempDir
    Path folder;

    static Stream<Report> reports() {
        return Stream.of(
                Reports.three(),
                Reports.crash(),
                Reports.gated(),
                Reports.flown(),
                Reports.hostile(),
                Reports.empty(),
                Reports.many(500));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void outputMatchesThePublishedSchema(Report report) throws Exception {
        var errors = reportSchema().validate(written(report), InputFormat.JSON);
        assertTrue(errors.isEmpty(), errors::toString);
    }

    @Test
    void theSchemaRejectsAFindingWithoutLocation() throws Exception {
        String broken = written(Reports.three()).replaceFirst("\"location\"", "\"place\"");
        assertFalse(reportSchema().validate(broken, InputFormat.JSON).isEmpty());
    }

    @Test
    void theSchemaRejectsSeveritiesInUpperCase() throws Exception {
        String broken = written(Reports.three()).replaceFirst("\"severity\" : \"error\"", "\"severity\" : \"ERROR\"");
        assertFalse(reportSchema().validate(broken, InputFormat.JSON).isEmpty());
    }

    @Test
    void membersHaveTheNamesAndTheOrderOfTheContract() throws Exception {
        JsonNode root = new JsonMapper().readTree(written(Reports.three()));
        assertNames(root, "schemaVersion", "tool", "run", "summary", "segments", "findings", "checkpoints");
        assertNames(
                root.get("run"),
                "command",
                "java",
                "domain",
                "exitCode",
                "durationMs",
                "complete",
                "problems",
                "libraries");
        assertNames(
                root.get("summary"),
                "stores",
                "flushes",
                "fences",
                "transactions",
                "segments",
                "threads",
                "traceBytes",
                "findings",
                "suppressed",
                "baselined",
                "audit");
        JsonNode finding = root.get("findings").get(1);
        assertNames(
                finding,
                "fingerprint",
                "rule",
                "severity",
                "message",
                "fix",
                "occurrences",
                "bytes",
                "location",
                "stack",
                "stackIsSample",
                "segment",
                "thread",
                "related");
        assertNames(finding.get("location"), "class", "method", "file", "line");
        assertNames(finding.get("segment"), "id", "path", "offset", "length");
        assertNames(finding.get("related").get(0), "role", "location", "stack");
        assertEquals("error", finding.get("severity").asString());
        assertEquals(
                "com.example.store.Log", finding.get("location").get("class").asString());
        assertEquals(42, finding.get("location").get("line").asInt());
    }

    @Test
    void aReportReadsBackAsItWas() throws Exception {
        Path file = folder.resolve("report.json");
        try (OutputStream out = Files.newOutputStream(file)) {
            JSON.write(Reports.three(), Sources.NONE, out);
        }
        assertEquals(Reports.three(), JsonReport.read(file));
    }

    @Test
    void whatDoesNotCountReadsBackWithItsReason() throws Exception {
        assertEquals(Reports.gated(), readBack(Reports.gated()));
    }

    @Test
    void aCrashStateStandsInItsFindingAndTheExplorationInTheReport() throws Exception {
        JsonNode root = new JsonMapper().readTree(written(Reports.crash()));
        JsonNode crash = root.get("findings").get(0).get("crash");
        assertNames(
                crash, "id", "failurePoint", "verdict", "output", "image", "reproduce", "markers", "stores", "lines");
        assertNames(
                crash.get("stores").get(0),
                "fate",
                "location",
                "stack",
                "thread",
                "path",
                "offset",
                "length",
                "before",
                "after");
        assertNames(crash.get("lines").get(0), "path", "offset", "persistent", "crashed", "memory");
        assertEquals("4096", root.get("exploration").get("states").asString());
        assertEquals(Reports.crash(), readBack(Reports.crash()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"markers\" :", "\"fate\" :", "\"memory\" :", "\"coverage\" :", "\"reproduce\" :"})
    void aCrashStateThatLacksAMemberIsRefused(String member) throws Exception {
        String broken = written(Reports.crash()).replaceFirst(member, "\"other\" :");
        assertFalse(reportSchema().validate(broken, InputFormat.JSON).isEmpty());
        String message = assertThrows(IOException.class, () -> JsonReport.read(file(broken)))
                .getMessage();
        assertTrue(message.endsWith("(a required member is missing or wrong)"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "1e", "1e99999999999"})
    void aNumberOfStatesThatIsNoneIsRefused(String states) throws Exception {
        String broken = written(Reports.crash()).replace("\"4096\"", "\"" + states + "\"");
        assertThrows(IOException.class, () -> JsonReport.read(file(broken)));
    }

    @Test
    void whatIsNotKnownStaysUnknown() throws Exception {
        Report back = readBack(Reports.hostile());
        assertEquals(Location.UNKNOWN, back.findings().get(1).location());
        assertNull(back.findings().get(1).segment());
        assertNull(back.run().exitCode());
        // An unpaired surrogate has no bytes in UTF-8; everything else comes back.
        assertEquals(
                Reports.HOSTILE.replace('\ud800', '?'), back.findings().get(0).message());
    }

    @Test
    void membersOfLaterVersionsAreIgnored() throws Exception {
        String later = written(Reports.three())
                .replaceFirst(
                        "\"schemaVersion\" : \"1.0\"", "\"schemaVersion\" : \"1.7\", \"weather\" : {\"rain\" : 1}");
        assertEquals("1.7", JsonReport.read(file(later)).schemaVersion());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "not json",
                "{\"schemaVersion\": \"1.0\"}",
                "{\"schemaVersion\": \"1.0\", \"findings\": [{\"severity\": \"ERROR\"}]}",
                "{\"schemaVersion\": \"1.0\", \"findings\": 3}",
                "{\"schemaVersion\": \"2.0\"}",
                "\u0000\u0001",
            })
    void whatIsNoReportIsRefusedInOneLineThatNamesTheFile(String content) throws Exception {
        Path file = file(content);
        String message =
                assertThrows(IOException.class, () -> JsonReport.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void aTruncatedReportIsRefused() throws Exception {
        String whole = written(Reports.three());
        Path file = file(whole.substring(0, whole.length() / 2));
        assertThrows(IOException.class, () -> JsonReport.read(file));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("nowhere.json");
        String message =
                assertThrows(IOException.class, () -> JsonReport.read(file)).getMessage();
        assertEquals(file + ": no such report file", message);
    }

    @Test
    void aFailureOfTheStreamIsReportedAsSuch() {
        IOException full = new IOException("No space left on device");
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw full;
            }
        };
        assertSame(full, assertThrows(IOException.class, () -> JSON.write(Reports.many(500), Sources.NONE, out)));
    }

    private Report readBack(Report report) throws IOException {
        return JsonReport.read(file(written(report)));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("some.json"), content);
    }

    private static String written(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JSON.write(report, Sources.NONE, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void assertNames(JsonNode node, String... names) {
        assertEquals(List.of(names), new ArrayList<>(node.propertyNames()));
    }

    private static Schema reportSchema() throws IOException {
        try (InputStream in = Report.class.getResourceAsStream("/io/pmemcheckj/rules/schema/report-1.0.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        }
    }
}
