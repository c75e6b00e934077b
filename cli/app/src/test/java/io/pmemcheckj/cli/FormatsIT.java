package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pmemcheckj.cli.programs.Store;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All formats of one real run, from the packaged jar, started in the folder of this module. */
class FormatsIT {
    private static final String SOURCE = "src/test/java/io/pmemcheckj/cli/programs/Store.java";

    @TempDir
    static Path folder;

    private static Path reports;
    private static String printed;

    @BeforeAll
    static void run() throws Exception {
        reports = folder.resolve("reports");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("pmemcheckj.jar"),
                        "run",
                        "--format",
                        "text,sarif,junit,github",
                        "--report-dir",
                        reports.toString(),
                        "--",
                        "-cp",
                        "target/test-classes",
                        Store.class.getName(),
                        folder.resolve("data").toString())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
        printed = Files.readString(err);
        assertEquals(1, process.exitValue(), printed);
        assertEquals("", new String(process.getInputStream().readAllBytes()), "stdout is the program's");
    }

    @Test
    void sarifIsValidAndLeadsToTheLineInTheRepository() throws Exception {
        String sarif = Files.readString(reports.resolve("report.sarif"));
        try (InputStream schema = FormatsIT.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema)
                    .validate(sarif, InputFormat.JSON);
            assertTrue(errors.isEmpty(), errors::toString);
        }
        JsonNode run = JsonMapper.shared().readTree(sarif).at("/runs/0");
        JsonNode place = run.at("/results/0/locations/0/physicalLocation");
        URI root = URI.create(run.at("/originalUriBaseIds/%SRCROOT%/uri").asString());
        Path file = Path.of(root.resolve(place.at("/artifactLocation/uri").asString()));
        assertEquals(
                Files.readAllLines(file)
                        .get(place.at("/region/startLine").asInt() - 1)
                        .strip(),
                place.at("/region/snippet/text").asString());
        assertTrue(run.at("/results/0/codeFlows/0/threadFlows/0/locations").size() > 1, run::toString);
    }

    @Test
    void textAndAnnotationsArePrintedAndNameTheSource() throws Exception {
        assertTrue(printed.contains("\n    source: " + SOURCE + ":17\n"), printed);
        assertTrue(printed.contains("\n::error file="), printed);
        assertTrue(printed.contains(SOURCE + ",line=17,title=unflushed-store%3A "), printed);
        assertTrue(printed.contains(Files.readString(reports.resolve("report.txt"))), printed);
        assertTrue(printed.contains(Files.readString(reports.resolve("report.github.txt"))), printed);
    }

    @Test
    void reportRendersTheSameFromJson() throws Exception {
        CommandRun report = CommandRun.of(
                "report",
                "--format",
                "text,html,sarif,junit,github",
                "--report-dir",
                folder.resolve("again").toString(),
                reports.resolve("report.json").toString());
        assertEquals(0, report.exit(), report::err);
        for (String name : List.of("report.html", "report.sarif", "report-junit.xml")) {
            assertEquals(
                    Files.readString(reports.resolve(name)),
                    Files.readString(folder.resolve("again").resolve(name)),
                    name);
        }
        assertEquals(
                Files.readString(reports.resolve("report.txt"))
                        + Files.readString(reports.resolve("report.github.txt")),
                report.out());
    }

    @Test
    void theThresholdDecidesWhichTestsFail() throws Exception {
        assertTrue(Files.readString(reports.resolve("report-junit.xml")).contains("failures=\"1\""));
        Path again = folder.resolve("never");
        CommandRun.of(
                "report",
                "--format",
                "junit",
                "--fail-on",
                "never",
                "--report-dir",
                again.toString(),
                reports.resolve("report.json").toString());
        assertTrue(Files.readString(again.resolve("report-junit.xml")).contains("failures=\"0\""));
    }

    @Test
    void sourcesMayBeNamed() throws Exception {
        CommandRun elsewhere = CommandRun.of(
                "report",
                "--format",
                "text",
                "--sources",
                "src/main:src/test/java",
                reports.resolve("report.json").toString());
        assertTrue(elsewhere.out().contains("source: " + SOURCE + ":17\n"), elsewhere::out);
        CommandRun nowhere = CommandRun.of(
                "report",
                "--format",
                "text",
                "--sources",
                "src/main",
                reports.resolve("report.json").toString());
        assertTrue(!nowhere.out().contains("source: "), nowhere::out);
    }
}
