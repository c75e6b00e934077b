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
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A program that starts others: all of them in one report, and nothing changed for any of them. */
@ParameterizedClass
@MethodSource("jdks")
class FollowChildrenIT {
    private static final Set<String> FILES =
            Set.of("parent.dat", "child.dat", "grandchild.dat", "failing.dat", "scripted.dat", "below the script.dat");

    @Parameter
    private Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    static List<Jdks.Jdk> jdks() {
        return Jdks.all();
    }

    private List<String> program() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        List<Path> classPath = Compile.program("family", 17, folder.resolve("classes"));
        return List.of("-cp", Compile.classPath(classPath), "Family", data.toString(), "parent");
    }

    private Run untraced(List<String> program) throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(program);
        return Run.of(folder, command);
    }

    @Test
    void followed() throws Exception {
        List<String> program = program();
        Run untraced = untraced(program);
        Path trace = folder.resolve("kept/run.trace");
        Files.createDirectories(trace.getParent());
        Run run = Run.of(
                folder,
                new Checker(jdk, folder)
                        .runCommand(
                                List.of("--no-progress", "--follow-children", "--keep-trace", trace.toString()),
                                program));

        assertEquals(untraced.stdout(), run.stdout(), run::describe);
        assertEquals(1, run.exit(), run::describe);
        JsonNode report = new Checker(jdk, folder).report();
        assertTrue(report.get("run").get("complete").asBoolean(), run::describe);
        Set<String> files = new TreeSet<>();
        for (JsonNode segment : report.get("segments")) {
            files.add(Path.of(segment.get("path").asString()).getFileName().toString());
        }
        assertEquals(new TreeSet<>(FILES), files, run::describe);
        assertEquals(1, report.get("findings").size(), run::describe);
        assertEquals(5, report.get("findings").get(0).get("occurrences").asInt(), run::describe);
        assertEquals(0, report.get("run").get("exitCode").asInt());
        assertEquals(6, Files.list(trace.getParent()).count(), "a trace for each process");
    }

    @Test
    void notFollowedUnlessAsked() throws Exception {
        Run run = Run.of(folder, new Checker(jdk, folder).runCommand(List.of("--no-progress"), program()));

        assertEquals(0, run.exit(), run::describe);
        assertEquals(1, new Checker(jdk, folder).report().get("segments").size(), run::describe);
    }
}
