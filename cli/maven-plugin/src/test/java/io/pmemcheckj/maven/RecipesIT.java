package io.pmemcheckj.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pmemcheckj.maven.SmallProject.Build;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The recipes for CI in the README: their commands run as they stand, and make the files that they name. */
class RecipesIT {
    private static final Pattern OUTPUT = Pattern.compile("target/pmemcheck-j/report[-.][a-z.]*\\w");
    private static final Pattern STEP = Pattern.compile("\\bsh '([^']*)'");

    @TempDir
    Path folder;

    @Test
    void commandsRunAsTheyStand() throws Exception {
        Readme ci = Readme.section("In CI");
        List<String> workflows = ci.blocks("yaml");
        Set<String> commands = new LinkedHashSet<>(); // two recipes share theirs
        YAMLMapper yaml = new YAMLMapper();
        for (JsonNode step : yaml.readTree(workflows.get(0)).at("/jobs/check/steps")) {
            if (step.has("run")) {
                commands.add(step.get("run").asString());
            }
        }
        for (JsonNode line : yaml.readTree(workflows.get(1)).at("/persistence/script")) {
            commands.add(line.asString());
        }
        Matcher step = STEP.matcher(ci.blocks("groovy").get(0));
        assertTrue(step.find(), "the Jenkinsfile runs nothing");
        commands.add(step.group(1));

        SmallProject library =
                SmallProject.copy(SmallProject.ROOT.resolve("samples/library"), folder.resolve("library"));
        for (String command : commands) {
            Build build = library.shell(command);
            assertEquals(0, build.exit(), build.log());
        }
        List<String> named = Stream.concat(workflows.stream(), ci.blocks("groovy").stream())
                .flatMap(recipe -> OUTPUT.matcher(recipe).results())
                .map(file -> file.group())
                .distinct()
                .toList();
        assertFalse(named.isEmpty());
        for (String file : named) {
            assertTrue(Files.isRegularFile(library.folder().resolve(file)), file);
        }
    }

    @Test
    void filesAreWellFormed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/yamllint")), "yamllint");
        List<String> command = new ArrayList<>(List.of(
                "yamllint", "-d", "{extends: default, rules: {document-start: disable, truthy: {check-keys: false}}}"));
        for (String recipe : Readme.section("In CI").blocks("yaml")) {
            command.add(Files.writeString(Files.createTempFile(folder, "recipe", ".yml"), recipe)
                    .toString());
        }
        Process lint = new ProcessBuilder(command).redirectErrorStream(true).start();
        String complaints = new String(lint.getInputStream().readAllBytes());
        assertEquals(0, lint.waitFor(), complaints);
    }
}
