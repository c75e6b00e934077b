package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Stores and flushes by native functions that the program calls through the foreign-function API. */
class ForeignCallsIT {
    private static final int FIRST_JDK = 22;
    private static final String COMPILED = "20000"; // rounds that let C2 compile them
    private static final Path SOURCES = Checker.BASEDIR.resolve("src/test/programs/foreign");

    @TempDir
    private static Path compiled;

    private static Jdks.Jdk jdk;
    private static List<Path> program;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() throws Exception {
        jdk = Jdks.all().stream()
                .filter(found -> found.version() >= FIRST_JDK)
                .reduce((older, newer) -> newer)
                .orElse(null);
        assumeTrue(jdk != null, "no JDK " + FIRST_JDK + " or later");
        program = Compile.program("foreign", FIRST_JDK, compiled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", COMPILED})
    void theCLibrary(String rounds) throws Exception {
        JsonNode report = check("ForeignLibc", Map.of(), rounds);

        assertEquals(2, report.get("segments").size(), report::toPrettyString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", COMPILED})
    void libpmem(String rounds) throws Exception {
        JsonNode report = check("ForeignPmem", Map.of("PMEM_IS_PMEM_FORCE", "1"), rounds);

        assertTrue(report.get("segments").get(0).get("sync").asBoolean(), report::toPrettyString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CACHE_LINE", "PAGE"})
    void libpmem2(String granularity) throws Exception {
        boolean isPmem = granularity.equals("CACHE_LINE");
        JsonNode report = check("ForeignPmem2", Map.of("PMEM2_FORCE_GRANULARITY", granularity), isPmem ? "1" : "2");

        assertEquals(isPmem, report.get("segments").get(0).get("sync").asBoolean(), report::toPrettyString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2000"})
    void libpmemobj(String rounds) throws Exception {
        JsonNode report = check("ForeignPmemobj", Map.of("PMEM_IS_PMEM_FORCE", "1"), rounds);

        assertEquals(
                9 * Long.parseLong(rounds),
                report.get("summary").get("transactions").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2000"})
    void memkind(String rounds) throws Exception {
        check("ForeignMemkind", Map.of(), rounds);
    }

    /** Runs a program traced and untraced, and compares its output and the findings with the marks in its source. */
    private JsonNode check(String main, Map<String, String> environment, String argument) throws Exception {
        Checker checker = new Checker(jdk, folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        List<String> java = new ArrayList<>(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Compile.classPath(program),
                main,
                data.toString(),
                argument));
        Run untraced = Run.of(folder, environment, command(jdk, java));
        assumeFalse(untraced.stderr().contains("Cannot open library"), "skipped: the library is not installed");
        assertEquals(0, untraced.exit(), untraced::describe);

        Run run = Run.of(folder, environment, checker.runCommand(List.of("--no-progress"), java));

        assertEquals(untraced.stdout(), run.stdout(), run::describe);
        JsonNode report = checker.report();
        assertTrue(report.get("run").get("complete").asBoolean(), run::describe);
        assertEquals(
                List.of(),
                Expectations.of(SOURCES.resolve(main + ".java")).differences(Checker.findings(report)),
                run::describe);
        return report;
    }

    private static List<String> command(Jdks.Jdk jdk, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(arguments);
        return command;
    }
}
