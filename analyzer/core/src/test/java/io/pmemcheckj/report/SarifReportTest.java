package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import io.pmemcheckj.findings.RuleCatalogue;
import io.pmemcheckj.findings.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifReportTest {
    private static final Checkout CHECKOUT = new Checkout(Path.of("/srv/app"), "store/");

    static Stream<Report> reports() {
        return Stream.of(
                Reports.three(),
                Reports.crash(),
                Reports.crashOf(200, 100),
                Reports.gated(),
                Reports.hostile(),
                Reports.empty(),
                Reports.many(500));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void outputMatchesTheSchemaOfTheStandard(Report report) throws Exception {
        for (Sources sources : List.of(Sources.NONE, LogSource.SOURCES)) {
            var errors = standard().validate(written(report, sources), InputFormat.JSON);
            assertTrue(errors.isEmpty(), errors::toString);
        }
    }

    @Test
    void theSchemaIsNotAlwaysSatisfied() throws Exception {
        String broken = written(Reports.three(), Sources.NONE).replaceFirst("\"ruleId\"", "\"rules\"");
        assertFalse(standard().validate(broken, InputFormat.JSON).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void gitHubFindsWhatItNeedsInEveryResult(Report report) throws Exception {
        JsonNode run = run(report, Sources.NONE);
        for (JsonNode rule : run.at("/tool/driver/rules")) {
            for (String text : List.of("/shortDescription/text", "/fullDescription/text", "/help/text")) {
                String value = rule.at(text).asString();
                assertTrue(!value.isEmpty() && (text.startsWith("/help") || value.length() <= 1_024), rule::toString);
            }
        }
        for (JsonNode result : run.get("results")) {
            String rule = result.get("ruleId").asString();
            assertEquals(
                    rule,
                    run.at("/tool/driver/rules/" + result.get("ruleIndex").asInt() + "/id")
                            .asString());
            assertFalse(result.at("/message/text").asString().isEmpty());
            assertEquals(1, result.get("locations").size());
            assertTrue(
                    result.at("/locations/0/physicalLocation/region/startLine").asInt() > 0, result::toString);
            assertFalse(result.at("/partialFingerprints/primaryLocationLineHash")
                    .asString()
                    .isEmpty());
            assertTrue(result.path("relatedLocations").size() <= 10);
            assertTrue(result.at("/codeFlows/0/threadFlows/0/locations").size() <= 100);
            for (JsonNode uri : result.findValues("uri")) {
                URI.create(uri.asString());
                assertFalse(uri.asString().isEmpty());
            }
            for (JsonNode place : places(result)) {
                assertTrue(place.has("physicalLocation"), place::toString);
            }
        }
    }

    @Test
    void allRulesAreThereWhateverWasFound() throws Exception {
        List<String> ids = new ArrayList<>();
        JsonNode rules = run(Reports.empty(), Sources.NONE).at("/tool/driver/rules");
        rules.forEach(rule -> ids.add(rule.get("id").asString()));
        assertEquals(List.copyOf(RuleCatalogue.load().ids()), ids);
        JsonNode rule = rules.get(ids.indexOf("unflushed-store"));
        assertEquals("error", rule.at("/defaultConfiguration/level").asString());
        assertEquals("error", rule.get("properties").get("problem.severity").asString());
        assertTrue(rule.at("/help/markdown").asString().contains("```java\n"), rule::toString);
        assertFalse(rules.get(ids.indexOf("overwritten-store"))
                .at("/defaultConfiguration/enabled")
                .asBoolean());
    }

    @Test
    void placesAreLinesOfTheRepositoryWhereTheSourceIsFound() throws Exception {
        JsonNode run = run(Reports.three(), LogSource.SOURCES);
        assertEquals(
                "file:///srv/app",
                run.at("/originalUriBaseIds/%SRCROOT%/uri").asString().replaceAll("/$", ""));
        JsonNode place = run.at("/results/0/locations/0/physicalLocation");
        assertEquals(
                "store/" + LogSource.PATH, place.at("/artifactLocation/uri").asString());
        assertEquals("%SRCROOT%", place.at("/artifactLocation/uriBaseId").asString());
        assertEquals(
                "{\"startLine\":42,\"startColumn\":5,\"endColumn\":14,\"snippet\":{\"text\":\"line(42);\"}}",
                place.get("region").toString());
        assertEquals(
                7, place.at("/contextRegion/snippet/text").asString().lines().count());
        assertEquals(
                "com.example.store.Log.append",
                run.at("/results/0/locations/0/logicalLocations/0/fullyQualifiedName")
                        .asString());
    }

    @Test
    void aSourceOlderThanTheProgramHasNoSuchLine() throws Exception {
        Finding late = Reports.finding("unflushed-store", Severity.ERROR, Reports.at("append", 99));
        JsonNode place = run(Reports.report(List.of(late)), LogSource.SOURCES).at("/results/0/locations/0");
        assertEquals("{\"startLine\":99}", place.at("/physicalLocation/region").toString());
    }

    @Test
    void withoutSourceThePlaceIsWhereCompilersWouldHaveIt() throws Exception {
        JsonNode place = run(Reports.three(), Sources.NONE).at("/results/0/locations/0/physicalLocation");
        assertEquals(
                "com/example/store/Log.java", place.at("/artifactLocation/uri").asString());
        assertFalse(place.get("artifactLocation").has("uriBaseId"));
    }

    @Test
    void aPlaceThatIsNotKnownIsTheNearestThatIs() throws Exception {
        JsonNode results = run(Reports.hostile(), Sources.NONE).get("results");
        assertEquals(
                "A",
                results.get(1)
                        .at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asString());
        Finding nowhere = new Finding(
                "",
                "untraced-write",
                Severity.WARNING,
                "bytes changed",
                "trace what writes them",
                1,
                8,
                Location.UNKNOWN,
                List.of(),
                false,
                new Finding.Range(1, "/mnt/pmem/a b.dat", 0, 8),
                null,
                List.of());
        JsonNode place =
                run(Reports.report(List.of(nowhere)), Sources.NONE).at("/results/0/locations/0/physicalLocation");
        assertEquals(
                "file:///mnt/pmem/a%20b.dat", place.at("/artifactLocation/uri").asString());
    }

    @Test
    void bothHalvesOfTheStoryAreLinked() throws Exception {
        JsonNode result = run(Reports.three(), Sources.NONE).at("/results/0");
        assertEquals(
                "8 bytes stored here were not flushed when the segment was unmapped\n"
                        + "Fix: call force(128, 8) after the store\n"
                        + "unmapped here: [com.example.store.Log.close(Log.java:99)](1)",
                result.at("/message/text").asString());
        assertEquals(1, result.at("/relatedLocations/0/id").asInt());
        assertEquals(
                "unmapped here", result.at("/relatedLocations/0/message/text").asString());
        assertEquals(3, result.at("/stacks/0/frames").size());
        assertEquals(3, result.get("occurrenceCount").asInt());
    }

    @Test
    void aTimelineIsACodeFlow() throws Exception {
        JsonNode steps = run(Reports.gated(), Sources.NONE).at("/results/0/codeFlows/0/threadFlows/0/locations");
        List<String> words = new ArrayList<>();
        steps.forEach(step -> words.add(step.get("executionOrder").asInt() + " "
                + step.at("/location/message/text").asString() + " "
                + step.at("/location/physicalLocation/region/startLine").asInt()));
        assertEquals(
                List.of(
                        "1 stored: 8 bytes at offset 128, by thread main 42",
                        "2 fenced, by thread worker-1 63",
                        "3 ended 42"),
                words);
    }

    @Test
    void aCrashStateIsACodeFlow() throws Exception {
        JsonNode result = run(Reports.crash(), Sources.NONE).at("/results/0");
        JsonNode steps = result.at("/codeFlows/0/threadFlows/0/locations");
        assertEquals(
                "stored, lost in the crash, by thread main",
                steps.at("/0/location/message/text").asString());
        assertTrue(steps.at("/2/location/message/text").asString().startsWith("crash after the 14th store"));
        assertTrue(result.at("/properties/reproduce").asString().startsWith("pmemcheck-j crash run.trace"));
    }

    @Test
    void whatDoesNotCountIsSuppressedForItsReason() throws Exception {
        JsonNode results = run(Reports.gated(), Sources.NONE).get("results");
        assertEquals(4, results.size());
        assertNull(results.get(0).get("suppressions"));
        assertEquals("new", results.get(0).get("baselineState").asString());
        assertEquals(
                "{\"kind\":\"external\",\"status\":\"accepted\",\"justification\":\"cold path\","
                        + "\"properties\":{\"source\":\"pmem.yaml:3\",\"until\":\"2027-06-30\"}}",
                results.get(1).at("/suppressions/0").toString());
        assertEquals("inSource", results.get(2).at("/suppressions/0/kind").asString());
        assertEquals("external", results.get(3).at("/suppressions/0/kind").asString());
        assertEquals("unchanged", results.get(3).get("baselineState").asString());
    }

    @Test
    void withoutABaselineNothingIsNew() throws Exception {
        assertNull(run(Reports.three(), Sources.NONE).at("/results/0").get("baselineState"));
    }

    @Test
    void fingerprintsAreThoseOfTheReport() throws Exception {
        Set<String> written = new HashSet<>();
        run(Reports.many(500), Sources.NONE)
                .get("results")
                .forEach(result -> written.add(
                        result.get("partialFingerprints").get("pmemcheckj/v1").asString()));
        Set<String> known = new HashSet<>();
        Reports.many(500).findings().forEach(finding -> known.add(finding.fingerprint()));
        assertEquals(known, written);
    }

    @Test
    void anUntrustedCheckWasNoSuccess() throws Exception {
        JsonNode invocation = run(Reports.hostile(), Sources.NONE).at("/invocations/0");
        assertFalse(invocation.get("executionSuccessful").asBoolean());
        assertNull(invocation.get("exitCode"));
        assertEquals(
                "error", invocation.at("/toolExecutionNotifications/0/level").asString());
        JsonNode good = run(Reports.three(), Sources.NONE).at("/invocations/0");
        assertTrue(good.get("executionSuccessful").asBoolean());
        assertEquals(0, good.get("exitCode").asInt());
        assertEquals(0, good.get("toolExecutionNotifications").size());
    }

    @Test
    void messagesHoldNoPlaceholdersAndNoLinksOfTheProgram() {
        assertEquals("check {{image}} of a[0]", SarifText.of("check {image} of a[0]"));
        assertEquals("\\[x\\](1)", SarifText.of("[x](1)"));
        assertEquals("[a\\[0\\]](2)", SarifText.link("a[0]", 2));
    }

    /** Locations in all the places of a result where a viewer would go to. */
    private static List<JsonNode> places(JsonNode result) {
        List<JsonNode> places = new ArrayList<>();
        result.get("locations").forEach(places::add);
        result.path("relatedLocations").forEach(places::add);
        result.findValues("location").forEach(places::add);
        return places;
    }

    private static JsonNode run(Report report, Sources sources) throws IOException {
        return JsonMapper.shared().readTree(written(report, sources)).at("/runs/0");
    }

    private static String written(Report report, Sources sources) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SarifReport().write(report, sources, CHECKOUT, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** From a jar that brings it along: OASIS's own file. */
    private static Schema standard() throws IOException {
        try (InputStream in = SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in);
        }
    }
}
