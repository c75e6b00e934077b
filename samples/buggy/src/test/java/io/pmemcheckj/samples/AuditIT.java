package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code --audit}: every byte of the mapped files is explained, or the tool says which is not. */
@ParameterizedClass
@MethodSource("jdks")
class AuditIT {
    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Checker checker;
    private Path data;

    AuditIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private Run audit(List<String> options, List<String> jvm, List<Path> classPath, String main) throws Exception {
        checker = new Checker(jdk, folder);
        data = Files.createDirectories(folder.resolve("data"));
        List<String> all = new ArrayList<>(List.of("--no-progress", "--audit"));
        all.addAll(options);
        List<String> program = new ArrayList<>(jvm);
        program.addAll(List.of("-cp", Compile.classPath(classPath), main, data.toString()));
        return checker.run(all, program);
    }

    private List<Path> program(String name, int release, String... libs) throws Exception {
        return Compile.program(name, release, folder.resolve("classes-" + name), libs);
    }

    private void assertAllIsExplained(Run run) throws Exception {
        JsonNode audit = checker.report().get("summary").get("audit");
        assertTrue(audit.get("comparedBytes").asLong() > 0, run::describe);
        assertEquals(audit.get("comparedBytes"), audit.get("explainedBytes"), run::describe);
        assertTrue(checker.report().get("run").get("complete").asBoolean(), run::describe);
    }

    @Test
    void racesAndDescriptorsAreExplained() throws Exception {
        Run run = audit(List.of(), List.of(), program("audited", 17), "Audited");

        assertEquals("131072\n", run.stdout(), run::describe);
        assertEquals(0, run.exit(), run::describe);
        assertAllIsExplained(run);
        assertEquals(List.of(), Checker.findings(checker.report()), run::describe);
    }

    @ParameterizedTest
    @CsvSource({
        "mashona, mashona, MashonaLog",
        "h2, h2, H2Database",
        "mapdb, mapdb, MapDbStore",
        "agrona, agrona, AgronaCounters",
        "agrona, agrona2, AgronaCounters",
        "jraft, jraft, JraftSegment"
    })
    void realLibrariesAreExplained(String program, String libs, String main) throws Exception {
        Run run = audit(
                List.of("--emulate-pmem"),
                List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"),
                program(program, 17, libs),
                main);

        assertTrue(run.exit() == 0 || run.exit() == 1, run::describe);
        assertEquals(0, checker.report().get("run").get("exitCode").asInt(), run::describe);
        assertAllIsExplained(run);
    }

    @Test
    void whatAnotherProcessWritesIsReported() throws Exception {
        Path trace = folder.resolve("kept.trace");

        Run run = audit(
                List.of("--fail-on", "warning", "--keep-trace", trace.toString()),
                List.of(),
                program("stranger", 17),
                "Stranger");

        assertEquals("115\n", run.stdout(), run::describe);
        assertEquals(1, run.exit(), run::describe);
        JsonNode finding = onlyFinding(run);
        assertEquals(3000, finding.get("segment").get("offset").asInt(), run::describe);
        assertEquals(8, finding.get("bytes").asInt(), run::describe);
        assertTrue(finding.get("message").asString().contains("found 737472616e676572"), run::describe);
        assertEquals(
                "nearest store below", finding.get("related").get(0).get("role").asString());
        assertEquals(
                "nearest store above", finding.get("related").get(1).get("role").asString());
        assertEquals(
                65_528,
                checker.report()
                        .get("summary")
                        .get("audit")
                        .get("explainedBytes")
                        .asInt());

        checker.analyze(List.of(), trace);
        assertEquals(checker.report().get("findings"), checker.analyzedReport().get("findings"));
    }

    @Test
    void whatAForeignFunctionWritesIsReported() throws Exception {
        assumeTrue(jdk.version() >= 22, "java.lang.foreign is there from JDK 22 on");

        Run run = audit(
                List.of(),
                List.of("--enable-native-access=ALL-UNNAMED"),
                program("foreignwriter", 22),
                "ForeignWriter");

        assertEquals("98\n", run.stdout(), run::describe);
        JsonNode finding = onlyFinding(run);
        assertEquals(128, finding.get("segment").get("offset").asInt(), run::describe);
        assertTrue(finding.get("message").asString().contains("expected 0000, found 6261"), run::describe);
    }

    @Test
    void segmentsThatAreClosedWhileThreadsStore() throws Exception {
        assumeTrue(jdk.version() >= 22, "java.lang.foreign is there from JDK 22 on");

        Run run = audit(List.of(), List.of("-XX:-CreateCoredumpOnCrash"), program("closing", 22), "Closing");

        assertEquals("closed\n", run.stdout(), run::describe);
        assertEquals(0, checker.report().get("run").get("exitCode").asInt(), run::describe);
        assertTrue(checker.report().get("run").get("complete").asBoolean(), run::describe);
    }

    private JsonNode onlyFinding(Run run) throws Exception {
        JsonNode findings = checker.report().get("findings");
        assertEquals(1, findings.size(), run::describe);
        assertEquals("untraced-write", findings.get(0).get("rule").asString());
        return findings.get(0);
    }
}
