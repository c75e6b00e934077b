package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DefaultsTest {
    @TempDir
    Path folder;

    @Test
    void commandLineBeatsVariableBeatsFile() throws IOException {
        Files.writeString(folder.resolve(Defaults.FILE), "fail-on: note\ndomain: adr\nquiet: true\n");
        assertEquals(
                List.of("run", "--domain=eadr", "--quiet", "--fail-on", "never", "app.jar"),
                expand("--domain eadr --fail-on=warning", "run", "--fail-on", "never", "app.jar"));
    }

    @Test
    void valuesOfOneOptionComeFromOneSource() throws IOException {
        Files.writeString(folder.resolve(Defaults.FILE), "segments: ['**/*.{db,log}', '/data/**']\n");
        assertEquals(
                List.of("run", "--segments=**/*.{db,log}", "--segments=/data/**", "app.jar"),
                expand("", "run", "app.jar"));
        assertEquals(
                List.of("run", "--segments=a b", "--segments=c", "app.jar"),
                expand("--segments 'a b' --segments c", "run", "app.jar"));
    }

    @Test
    void optionalValueIsTakenOnlyWithAnEqualsSign() throws IOException {
        assertEquals(
                List.of("run", "--emulate-pmem", "--quiet", "app.jar"),
                expand("--emulate-pmem --quiet", "run", "app.jar"));
        Files.writeString(folder.resolve(Defaults.FILE), "emulate-pmem: [/a, /b]\n");
        assertEquals(List.of("run", "--emulate-pmem=/a,/b", "app.jar"), expand("", "run", "app.jar"));
        Files.writeString(folder.resolve(Defaults.FILE), "emulate-pmem: true\nquiet: false\n");
        assertEquals(List.of("run", "--emulate-pmem", "app.jar"), expand("", "run", "app.jar"));
    }

    @Test
    void anOptionThatTheCommandDoesNotHaveIsLeftOut() {
        assertEquals(List.of("analyze", "x.trace"), expand("--emulate-pmem", "analyze", "x.trace"));
    }

    @Test
    void whatBelongsToTheProgramIsNoOptionOfOurs() {
        assertEquals(
                List.of("run", "--fail-on=note", "app.jar", "--fail-on", "never"),
                expand("--fail-on=note", "run", "app.jar", "--fail-on", "never"));
    }

    private List<String> expand(String variable, String... args) {
        PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        CommandLine line = Main.commandLine(new Console(none, none));
        Defaults defaults = Defaults.load(Map.of(Defaults.VARIABLE, variable), folder, line);
        return List.of(defaults.addTo(args, line));
    }
}
