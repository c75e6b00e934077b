package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Libraries of which models say what they do: LLPL by the model that ships, another by one of the user. */
@ParameterizedClass
@MethodSource("jdks")
class ModelsIT {
    private static final Path PROGRAMS = Checker.BASEDIR.resolve("src/test/programs");
    /** PMDK takes any file for persistent memory. */
    private static final Map<String, String> SIMULATED = Map.of("PMEM_IS_PMEM_FORCE", "1");

    private static final String ACME_OUTPUT = "no room for a log\ncannot sync\n1 3 true\n";

    @Parameter
    private Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private Checker checker() {
        return new Checker(jdk, folder);
    }

    private List<String> llpl(String mode) throws Exception {
        List<Path> classPath = Compile.program("llpl", 17, folder.resolve("classes"), "llpl");
        Path data = Files.createDirectories(folder.resolve("data"));
        return List.of("-cp", Compile.classPath(classPath), "LlplBank", data.toString(), mode);
    }

    /** Runs LLPL untraced, then traced on new files. */
    private JsonNode checkLlpl(String mode, Map<String, String> environment, String... options) throws Exception {
        List<String> java = llpl(mode);
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(java);
        Run untraced = Run.of(folder, environment, command);
        assumeFalse(
                untraced.stderr().contains("UnsatisfiedLinkError"), "skipped: libpmemobj1 or libpmempool1 is missing");
        assertEquals(0, untraced.exit(), untraced::describe);
        for (String file : List.of("raw", "persistent", "transactional", "pool")) {
            Files.delete(folder.resolve("data").resolve(file));
        }

        List<String> all = new ArrayList<>(List.of("--no-progress"));
        all.addAll(List.of(options));
        Run run = Run.of(folder, environment, checker().runCommand(all, java));

        assertEquals(untraced.stdout(), run.stdout(), run::describe);
        JsonNode report = checker().report();
        assertTrue(report.get("run").get("complete").asBoolean(), run::describe);
        assertEquals(
                "LLPL", report.get("run").get("libraries").get(0).get("name").asString(), run::describe);
        return report;
    }

    @Test
    void llplUsedCorrectlyIsClean() throws Exception {
        JsonNode report = checkLlpl("correct", SIMULATED);

        assertEquals(List.of(), Checker.findings(report), report::toPrettyString);
        assertEquals(4, report.get("segments").size());
        for (JsonNode segment : report.get("segments")) {
            assertEquals("adr", segment.get("domain").asString());
        }
    }

    @Test
    void llplWithOneMistakeOfEachKind() throws Exception {
        JsonNode report = checkLlpl("buggy", SIMULATED);

        assertEquals(
                List.of(),
                Expectations.of(PROGRAMS.resolve("llpl/LlplBank.java")).differences(Checker.findings(report)),
                report::toPrettyString);
    }

    @Test
    void llplIsPersistentMemoryWhereThatIsEmulated() throws Exception {
        JsonNode report = checkLlpl("correct", Map.of(), "--emulate-pmem=" + folder.resolve("data"));

        assertEquals(List.of(), Checker.findings(report), report::toPrettyString);
        assertEquals("adr", report.get("segments").get(0).get("domain").asString());
    }

    /** What the library stores by native code in its pools is no store that we missed. */
    @Test
    void llplUnderAudit() throws Exception {
        JsonNode report = checkLlpl("correct", SIMULATED, "--audit");

        assertEquals(List.of(), Checker.findings(report), report::toPrettyString);
    }

    private Run acme(String model, List<String> options, String... jvmOptions) throws Exception {
        Path classes = Compile.program("acme", 17, folder.resolve("classes"), new String[0])
                .get(0);
        Path data = Files.createDirectories(folder.resolve("data"));
        Path file = Files.writeString(folder.resolve("acme.yaml"), model);
        List<String> all = new ArrayList<>(List.of("--no-progress", "--models", file.toString()));
        all.addAll(options);
        List<String> java = new ArrayList<>(List.of(jvmOptions));
        java.addAll(List.of("-cp", classes.toString(), "AcmeBank", data.toString()));
        return checker().run(all, java);
    }

    private static String acmeModel() throws Exception {
        return Files.readString(PROGRAMS.resolve("acme/acme.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xshare:auto", "-Xverify:all"})
    void aModelOfTheUser(String jvmOption) throws Exception {
        Run run = acme(acmeModel(), List.of("--keep-trace", "acme.trace"), jvmOption);

        assertEquals(ACME_OUTPUT, run.stdout(), run::describe);
        JsonNode report = checker().report();
        assertTrue(report.get("run").get("complete").asBoolean(), run::describe);
        assertEquals(
                List.of(),
                Expectations.of(PROGRAMS.resolve("acme/AcmeBank.java")).differences(Checker.findings(report)),
                run::describe);
        checker().analyze(List.of(), folder.resolve("acme.trace"));
        assertEquals(report.get("findings"), checker().analyzedReport().get("findings"));
    }

    /** The agent alone compiles the model itself. */
    @Test
    void aModelForTheAgentAlone() throws Exception {
        acme(acmeModel(), List.of()); // compiles the program
        Path trace = folder.resolve("agent.trace");
        Run run = checker()
                .untraced(List.of(
                        "-javaagent:" + Checker.JAR.toAbsolutePath() + "=keep-trace=" + trace + ",models="
                                + folder.resolve("acme.yaml"),
                        "-cp",
                        folder.resolve("classes").toString(),
                        "AcmeBank",
                        folder.resolve("data").toString()));
        assertEquals(0, run.exit(), run::describe);

        checker().analyze(List.of(), trace);

        assertEquals(
                List.of(),
                Expectations.of(PROGRAMS.resolve("acme/AcmeBank.java"))
                        .differences(Checker.findings(checker().analyzedReport())));
    }

    @ParameterizedTest
    @CsvSource({
        "'method: rollback', 'method: rolback', 'names com.acme.tx.Store.rolback, which the class that was loaded does not have'",
        "'com.acme.tx.UndoLog', 'com.acme.tx.RedoLog', 'names the class com.acme.tx.RedoLog, which the library that was loaded does not have'",
        "'address(arg0.memory) + arg1, length: arg2', 'address(arg0.buffer) + arg1, length: arg2', 'com.acme.tx.Node has no field buffer'",
        "'address(arg0.memory) + 448', 'arg0.memory + 448', 'a number is needed and there is a'",
    })
    void whatTheLibraryDoesNotHaveIsTold(String right, String wrong, String message) throws Exception {
        Run run = acme(acmeModel().replace(right, wrong), List.of());

        assertEquals(3, run.exit(), run::describe);
        assertTrue(run.stderr().contains(message), run::describe);
        assertEquals(ACME_OUTPUT, run.stdout(), run::describe);
    }

    @Test
    void aModelThatNothingMatchesIsNamed() throws Exception {
        Run run = acme(acmeModel().replace("com.acme.tx", "com.acme.other"), List.of());

        assertTrue(run.stderr().contains("the model of acme-tx was not used"), run::describe);
    }

    @Test
    void aVersionThatNoModelCoversIsTold() throws Exception {
        Run run = acme("""
                library: samples
                artifact: io.pmemcheckj:pmemcheck-j-samples
                versions: "[7.0,8.0)"
                transparent: io.pmemcheckj.samples
                """, List.of());
        assertTrue(run.stderr().contains("the model of samples was not used"), run::describe);

        run = checker()
                .run(
                        List.of(
                                "--no-progress",
                                "--models",
                                folder.resolve("acme.yaml").toString()),
                        List.of(
                                "-cp",
                                Checker.SAMPLES_JAR.toString(),
                                "io.pmemcheckj.samples.Main",
                                "unflushed-store",
                                "fixed"));

        assertEquals(3, run.exit(), run::describe);
        assertTrue(
                run.stderr().contains("is for the versions [7.0,8.0), and 0.1.0-SNAPSHOT was loaded"), run::describe);
    }
}
