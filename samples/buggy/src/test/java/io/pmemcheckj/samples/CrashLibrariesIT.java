package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Crash states of real libraries, judged by their own recovery. What is found here was looked at by hand, and is so. */
@ParameterizedClass
@MethodSource("jdks")
class CrashLibrariesIT {
    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    CrashLibrariesIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private Checker checker() {
        return new Checker(jdk, folder);
    }

    /**
     * What a torn entry leaves behind the end of the log is read as the length of an entry once a shorter one was put in front
     * of it, and the log cannot be read any more. And a crash while the log is created can leave its magic without its padding
     * size, by which it then divides.
     */
    @Test
    void mashonaLogDoesNotSurviveAShortEntryOverATornOne() throws Exception {
        for (String ordering : List.of("linear", "relaxed")) {
            Checker checker = checker();

            Run run = mashona(checker, ordering, "LogCheck");

            assertEquals(1, run.exit(), run::describe);
            assertEquals(Set.of("newLimit > capacity", "/ by zero"), causes(checker.crashReport()), run::describe);
        }
    }

    @Test
    void mashonaArrayStoreSurvivesAll() throws Exception {
        Checker checker = checker();

        Run run = mashona(checker, "array", "ArrayCheck");

        assertEquals(0, run.exit(), run::describe);
        assertEquals(
                "all", checker.crashReport().get("exploration").get("coverage").asString(), run::describe);
    }

    private Run mashona(Checker checker, String what, String check) throws Exception {
        String classPath =
                Compile.classPath(Compile.program("mashonacrashes", 17, folder.resolve("classes-" + what), "mashona"));
        Path data = Files.createDirectory(folder.resolve("data-" + what));
        Path trace = checker.traceForCrashes(
                List.of("--emulate-pmem"), List.of("-cp", classPath, "MashonaCrashes", what, data.toString()));
        return checker.crash(
                trace, List.of("--engine", "exhaustive", "--check-class", check, "--class-path", classPath));
    }

    /** What the checks said, without the numbers that differ from state to state. */
    private static Set<String> causes(JsonNode report) {
        Set<String> causes = new TreeSet<>();
        for (JsonNode finding : report.get("findings")) {
            String output = finding.get("crash").get("output").asString();
            List<String> known = new ArrayList<>(List.of("newLimit > capacity", "/ by zero"));
            known.removeIf(cause -> !output.contains(cause));
            causes.addAll(known.isEmpty() ? List.of(output) : known);
        }
        return causes;
    }

    /** Only the two ends of a chunk are verified: without what lies between, a later commit takes the place of a durable one. */
    @Test
    void h2TakesATornChunkForWhole() throws Exception {
        Checker checker = checker();
        String classPath = Compile.classPath(Compile.program("h2crashes", 17, folder.resolve("classes"), "h2"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Path trace = checker.traceForCrashes(List.of(), List.of("-cp", classPath, "MvStoreCrashes", data.toString()));

        Run run = checker.crash(trace, List.of("--check-class", "MvStoreCheck", "--class-path", classPath));

        assertEquals(1, run.exit(), run::describe);
        String findings = checker.crashReport().get("findings").toString();
        assertTrue(findings.contains("commits are durable, found is"), run::describe);
    }
}
