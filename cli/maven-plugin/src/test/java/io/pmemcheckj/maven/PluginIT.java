package io.pmemcheckj.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.maven.SmallProject.Build;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real small projects with the plugin: whatever runs their tests, nothing of it is missed silently. */
class PluginIT {
    private static final Path PROJECTS = SmallProject.ROOT.resolve("cli/maven-plugin/src/test/projects");
    private static final Path TESTS = Path.of("src/test/java/com/example");

    /** Two at a time, a JVM for each test class, Failsafe after Surefire, a folder with a space: one report. */
    @Test
    void allForksOfABuildMakeOneReport(@TempDir Path folder) throws Exception {
        SmallProject project = SmallProject.copy(PROJECTS.resolve("forks"), folder.resolve("two words"));
        Build build = project.build("verify");
        assertEquals(1, build.exit(), build.log());
        assertTrue(build.says("pmemcheck-j/report.html"), build.log());
        assertEquals(4, project.traces("").size(), build.log());
        assertEquals(
                List.of(
                        "unflushed-store " + project.place(TESTS.resolve("LosingIT.java"), "putInt"),
                        "unflushed-store " + project.place(TESTS.resolve("LosingTest.java"), "putLong")),
                project.findings(""));

        Build report = project.build("pmemcheck-j:report");
        assertEquals(0, report.exit(), report.log());
        assertEquals(2, project.findings("").size());

        Build untraced = project.build("verify", "-DskipITs", "-Dtest=MappingNothingTest", "-DargLine=");
        assertEquals(1, untraced.exit(), untraced.log());
        assertTrue(untraced.says("in no JVM with the agent"), untraced.log());
        assertEquals(List.of(), project.traces(""));
    }

    @Test
    void aTraceWithoutItsEndFailsTheBuild(@TempDir Path folder) throws Exception {
        SmallProject project = SmallProject.copy(PROJECTS.resolve("forks"), folder.resolve("killed"));
        Build build = project.build("verify", "-DskipITs", "-Dtest=MappingNothingTest", "-Dkill.writer=true");
        assertEquals(1, build.exit(), build.log());
        assertTrue(build.says("the check cannot be trusted"), build.log());
    }

    /** Modules build at the same time, and not all of them have tests. */
    @Test
    void modulesHaveReportsOfTheirOwn(@TempDir Path folder) throws Exception {
        SmallProject project = SmallProject.copy(PROJECTS.resolve("reactor"), folder.resolve("reactor"));
        Build good = project.build("verify", "-T2");
        assertEquals(0, good.exit(), good.log());
        assertEquals(2, good.log().split("no tests ran in this module", -1).length - 1, good.log());
        assertEquals(
                List.of(),
                project.findings("store").stream()
                        .filter(f -> f.startsWith("unflushed"))
                        .toList());

        Build bad = project.build("verify", "-Dlose=true");
        assertEquals(1, bad.exit(), bad.log());
        assertTrue(project.findings("store")
                .contains("unflushed-store "
                        + project.place(Path.of("store", TESTS.toString(), "StoreTest.java"), "putLong")));

        Build skipped = project.build("verify", "-Dlose=true", "-Dpmemcheck-j.skip");
        assertEquals(0, skipped.exit(), skipped.log());

        Build wrong = project.build("verify", "-Dpmemcheck-j.failOn=sometimes");
        assertEquals(1, wrong.exit(), wrong.log());
        assertTrue(wrong.says("--fail-on"), wrong.log());
        assertFalse(Files.exists(project.target("model").resolve("pmemcheck-j/report.json")));
    }
}
