package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Real libraries that keep data in mapped files: same output as untraced, and no false alarm. */
@ParameterizedClass
@MethodSource("jdks")
class LibrariesIT {
    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    LibrariesIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    /** Runs untraced and traced, each with an empty folder for its files, and compares the outputs. */
    private JsonNode sameOutput(Checker checker, List<Path> classPath, String main) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path other = Files.createDirectories(folder.resolve("data-untraced"));
        Run run = checker.run(
                List.of("--no-progress"), List.of("-cp", Compile.classPath(classPath), main, data.toString()));
        Run untraced = checker.untraced(List.of("-cp", Compile.classPath(classPath), main, other.toString()));
        assertEquals(0, untraced.exit(), untraced::describe);
        assertEquals(untraced.stdout(), run.stdout(), run::describe);
        assertTrue(run.exit() == 0 || run.exit() == 1, run::describe);
        JsonNode report = checker.report();
        assertEquals(0, report.get("run").get("exitCode").asInt(), run::describe);
        assertTrue(report.get("run").get("complete").asBoolean(), run::describe);
        keepForTriage(main, run);
        return report;
    }

    /** What was found on a real library is judged by hand; it is kept where the build leaves its output. */
    private void keepForTriage(String main, Run run) throws Exception {
        Path kept = Files.createDirectories(Checker.BASEDIR.resolve("target/triage"));
        Files.writeString(kept.resolve(main + "-" + jdk.version() + ".txt"), run.stderr());
    }

    private List<Path> program(String name, String... libs) throws Exception {
        return Compile.program(name, 17, folder.resolve("classes-" + name), libs);
    }

    @Test
    void mashonaUsedCorrectlyIsClean() throws Exception {
        Checker checker = new Checker(jdk, folder);

        Run run = mashona(checker, program("mashona", "mashona"));

        assertEquals(0, run.exit(), run::describe);
        assertEquals("pmem supported: true\nchannel position 890\nlog entries 100\n", run.stdout());
        assertEquals(List.of(), Checker.findings(checker.report(), "error"));
        assertEquals(List.of(), Checker.findings(checker.report(), "warning"));
    }

    @Test
    void mashonaWithoutItsForceIsFlaggedAtItsStores() throws Exception {
        Checker checker = new Checker(jdk, folder);
        List<Path> classPath = new ArrayList<>(program("noforce", "mashona").subList(0, 1));
        classPath.addAll(program("mashona", "mashona"));

        Run run = mashona(checker, classPath);

        assertEquals(1, run.exit(), run::describe);
        JsonNode findings = checker.report().get("findings");
        List<String> places = new ArrayList<>();
        for (JsonNode finding : findings) {
            assertEquals("unflushed-store", finding.get("rule").asString(), run::describe);
            JsonNode location = finding.get("location");
            places.add(location.get("class").asString() + "."
                    + location.get("method").asString());
            assertNotEquals(0, location.get("line").asInt(), run::describe);
        }
        // its model says that it is transparent: its callers are named, and its own frames stand in the stacks
        assertTrue(places.stream().allMatch(place -> place.startsWith("MashonaLog.")), places::toString);
        String stacks = findings.toString();
        assertTrue(stacks.contains("tryPutWithLocation"), stacks);
        assertTrue(stacks.contains("writeInternal"), stacks);
    }

    private Run mashona(Checker checker, List<Path> classPath) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        return checker.run(
                List.of("--no-progress", "--emulate-pmem=" + data),
                List.of("-cp", Compile.classPath(classPath), "MashonaLog", data.toString()));
    }

    @Test
    void h2OnMappedFiles() throws Exception {
        sameOutput(new Checker(jdk, folder), program("h2", "h2"), "H2Database");
    }

    @Test
    void mapDbOnMappedFiles() throws Exception {
        sameOutput(new Checker(jdk, folder), program("mapdb", "mapdb"), "MapDbStore");
    }

    @Test
    void agronaStoresThroughUnsafe() throws Exception {
        JsonNode report = sameOutput(new Checker(jdk, folder), program("agrona", "agrona"), "AgronaCounters");

        List<Mark> errors = Checker.findings(report, "error");
        assertEquals(2, errors.size(), errors::toString);
        for (Mark error : errors) {
            assertEquals("unflushed-store", error.rule());
            assertEquals(Long.valueOf(8), error.bytes());
        }
    }

    @Test
    void plainProgramIsClean() throws Exception {
        JsonNode report = sameOutput(new Checker(jdk, folder), program("plain"), "PlainBuffer");

        assertEquals(List.of(), Checker.findings(report));
        assertFalse(report.get("segments").isEmpty());
    }
}
