package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the input: one clear line, the right exit code, nothing started and nothing left behind. */
class BadInputTest {
    @TempDir
    Path folder;

    @Test
    void noCommand() {
        CommandRun.of().assertRefused("run, analyze, watch, crash, dump, report, diff, explain, doctor");
    }

    @Test
    void unknownCommand() {
        CommandRun.of("check").assertRefused("check", "--help");
    }

    @Test
    void crashStates() throws IOException {
        String trace = Files.writeString(folder.resolve("a.trace"), "property \"values\" \"true\"\nend\n")
                .toString();
        String without = Files.writeString(folder.resolve("b.trace"), "end\n").toString();
        CommandRun.of("crash").assertRefused("TRACE");
        CommandRun.of("crash", "none.trace", "--check", "true {image}").assertRefused("no such trace: none.trace");
        CommandRun.of("crash", trace).assertRefused("--check 'CMD {image}'");
        CommandRun.of("crash", trace, "--check", "true {image}", "--check-class", "A")
                .assertRefused("one of --check");
        CommandRun.of("crash", trace, "--check", "true").assertRefused("{image}");
        CommandRun.of("crash", without, "--check", "true {image}").assertRefused(without, "run --values --keep-trace");
        for (String option : new String[] {"--max-states", "--time-limit", "--jobs", "--check-timeout"}) {
            CommandRun.of("crash", trace, "--check", "true {image}", option, "0")
                    .assertRefused(option);
            CommandRun.of("crash", trace, "--check", "true {image}", option, "x")
                    .assertRefused(option);
        }
        CommandRun.of("crash", trace, "--check", "true {image}", "--engine", "best")
                .assertRefused("--engine takes", "'best'");
        CommandRun.of("crash", trace, "--check", "true {image}", "--failure", "disk")
                .assertRefused("--failure takes power, process");
        CommandRun.of("crash", trace, "--check", "true {image}", "--engine", "reads")
                .assertRefused("--engine reads");
        CommandRun.of("crash", trace, "--check", "true {image}", "--check-memory", "much")
                .assertRefused("--check-memory");
        CommandRun.of("crash", trace, "--check", "true {image}", "--state", "first")
                .assertRefused("--state first");
        CommandRun.of("crash", trace, "--check-class", "A", "--class-path", "none.jar")
                .assertRefused("--class-path", "none.jar");
        CommandRun.of("crash", trace, "--oracle", "magic").assertRefused("--oracle takes operations, restart");
        CommandRun.of("crash", trace, "--oracle", "restart").assertRefused("--oracle restart");
    }

    @Test
    void unknownOption() throws IOException {
        CommandRun.of("run", "--nope", jar("Main")).assertRefused("--nope");
    }

    @Test
    void gate() throws IOException {
        run("--suppressions", "none.yaml").assertRefused("--suppressions none.yaml", "no such file");
        run("--baseline", "none.json").assertRefused("--baseline none.json", "no such file", "--write-baseline");
        run("--write-baseline", "none/b.json").assertRefused("--write-baseline none/b.json", "cannot be written");
        Path noList = Files.writeString(folder.resolve("s.yaml"), "rule: torn-store\n");
        run("--suppressions", noList.toString()).assertRefused("--suppressions " + noList, "unknown field 'rule'");
        run("--baseline", noList.toString()).assertRefused("--baseline " + noList, "not valid JSON");
    }

    @Test
    void difference() throws IOException {
        CommandRun.of("diff").assertRefused("A.json");
        CommandRun.of("diff", "a.json", "b.json").assertRefused("no such report: a.json");
        Path notes = Files.writeString(folder.resolve("notes.txt"), "no report\n");
        CommandRun.of("diff", notes.toString(), notes.toString())
                .assertRefused(notes.toString(), "not a pmemcheck-j report");
        CommandRun.of("diff", "--format", "html", "a.json", "b.json").assertRefused("--format", "text, json");
    }

    @Test
    void theRunBefore() throws IOException {
        run("--after", "none.trace").assertRefused("--after none.trace", "no such trace");
        Path noTrace = Files.writeString(folder.resolve("notes.txt"), "not a trace\n");
        run("--after", noTrace.toString()).assertRefused("--after " + noTrace);
    }

    @Test
    void expectationsAreOneOfTwo() throws IOException {
        run("--expectations", "some").assertRefused("--expectations", "fail-tests, report", "some");
    }

    @Test
    void stacksAreOneOfThree() throws IOException {
        run("--stacks", "some").assertRefused("--stacks", "site, sampled, full", "some");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "analyze", "crash"})
    void sourcesThatAreNone(String command) throws IOException {
        Path trace = Files.writeString(folder.resolve("a.trace"), "end\n");
        Path text = Files.writeString(folder.resolve("a.txt"), "text\n");
        String argument = command.equals("run") ? jar("Main") : trace.toString();
        CommandRun.of(command, "--sources", folder + ":/no/such/folder", argument)
                .assertRefused("--sources: no such folder or jar: /no/such/folder");
        CommandRun.of(command, "--sources", text.toString(), argument)
                .assertRefused("--sources: " + text + " is neither a folder nor a jar of sources");
    }

    @Test
    void unknownWords() throws IOException {
        run("--format", "pdf").assertRefused("--format", "text, json, html, sarif, junit, github", "pdf");
        run("--fail-on", "fatal").assertRefused("--fail-on", "error, warning, note, never", "fatal");
        run("--domain", "nvdimm").assertRefused("--domain", "adr", "nvdimm");
    }

    @Test
    void rules() throws IOException {
        run("--rules", "+no-such-rule").assertRefused("no-such-rule", "explain");
        run("--order-support", "0").assertRefused("--order-support 0", "at least 1");
        run("--order-support", "many").assertRefused("--order-support", "many");
        run("--order-confidence", "90").assertRefused("--order-confidence 90.0", "at most 1");
        run("--rules", "redundant-flush").assertRefused("+redundant-flush", "-redundant-flush");
        CommandRun.of("explain", "no-such-rule").assertRefused("no-such-rule");
    }

    @Test
    void nothingToRun() {
        CommandRun.of("run").assertRefused("nothing to run");
        CommandRun.of("run", "--quiet", "--").assertRefused("nothing to run");
    }

    @Test
    void noSuchJar() {
        CommandRun.of("run", "no-such.jar").assertRefused("no such jar: no-such.jar");
    }

    @Test
    void notAJar() throws IOException {
        Path file = Files.writeString(folder.resolve("text.jar"), "not a jar");
        CommandRun.of("run", file.toString()).assertRefused(file + " is not a jar");
        CommandRun.of("run", folder.toString()).assertRefused(folder + " is not a jar");
    }

    @Test
    void jarWithoutMainClass() throws IOException {
        CommandRun.of("run", jar(null)).assertRefused("names no Main-Class", "-cp");
    }

    @Test
    void javaThatIsNone() throws IOException {
        run("--java", "/no/such/java").assertRefused("--java", "/no/such/java");
        Path file = Files.writeString(folder.resolve("java"), "#!/bin/sh\nexit 0\n");
        run("--java", file.toString()).assertRefused("not executable");
        assertTrue(file.toFile().setExecutable(true));
        run("--java", file.toString()).assertRefused("-version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "11.0.2", "16", "26-ea"})
    void javaThatCannotBeTraced(String version) throws IOException {
        Path java =
                Files.writeString(folder.resolve("old"), "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
        assertTrue(java.toFile().setExecutable(true));
        run("--java", java.toString()).assertRefused("17 to 25", "--java");
    }

    @Test
    void reportFolderThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        run("--report-dir", file.resolve("below").toString()).assertRefused("--report-dir", file.toString());
        run("--report-dir", "/proc/reports").assertRefused("--report-dir", "/proc/reports");
    }

    @Test
    void emulationInAFolderThatIsNone() throws IOException {
        run("--emulate-pmem=/no/such/folder").assertRefused("--emulate-pmem", "/no/such/folder");
    }

    @Test
    void traceThatIsMissing() {
        CommandRun.of("analyze", "no.trace").assertRefused("no such trace: no.trace");
        CommandRun.of("dump", "no.trace").assertRefused("no such trace: no.trace");
        CommandRun.of("dump", folder.toString()).assertRefused("is a folder");
        CommandRun.of("dump").assertRefused("TRACE");
    }

    @Test
    void traceThatIsNone() throws IOException {
        Path file = Files.write(folder.resolve("x.trace"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, 3});
        CommandRun.of("dump", file.toString()).assertLine(ExitCode.UNTRUSTED, file.toString());
        CommandRun.of("analyze", "--report-dir", folder.resolve("r").toString(), file.toString())
                .assertLine(ExitCode.UNTRUSTED, file.toString());
    }

    @Test
    void reportThatIsNone() throws IOException {
        CommandRun.of("report", "--format", "text", "no.json").assertRefused("no such report: no.json");
        Path file = Files.writeString(folder.resolve("report.json"), "{\"a\":");
        CommandRun.of("report", "--format", "text", file.toString()).assertRefused(file.toString());
        CommandRun.of("report", file.toString()).assertRefused("--format");
        CommandRun.of("report", "--format", "junit", "--fail-on", "fatal", file.toString())
                .assertRefused("--fail-on", "fatal");
        CommandRun.of("report", "--format", "text", "--sources", "/no/such.jar", file.toString())
                .assertRefused("--sources: no such folder or jar: /no/such.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "analyze"})
    void modelThatIsNone(String command) throws IOException {
        Path model = folder.resolve("m.yaml");
        CommandRun.of(command, "--models", model.toString(), jar("Main")).assertRefused("m.yaml: no such file");
        Files.writeString(model, "library: l\nmethods: [{owner: A, method: m, events: [{flsh: }]}]\n");
        CommandRun.of(command, "--models", model.toString(), jar("Main"))
                .assertRefused("m.yaml: methods[0] (A.m): events[0]: there is no event 'flsh'");
    }

    @Test
    void projectFile() throws IOException {
        Path file = folder.resolve(Defaults.FILE);
        Files.writeString(file, "fail-onn: note\n");
        inFolder().assertRefused(Defaults.FILE, "fail-onn");
        Files.writeString(file, "fail-on: [\n");
        inFolder().assertRefused(Defaults.FILE, "YAML");
        Files.writeString(file, "just a text\n");
        inFolder().assertRefused(Defaults.FILE);
        Files.writeString(file, "segments: {a: b}\n");
        inFolder().assertRefused(Defaults.FILE, "segments");
    }

    @Test
    void variable() {
        withVariable("--nope").assertRefused(Defaults.VARIABLE, "--nope");
        withVariable("--format 'text").assertRefused(Defaults.VARIABLE, "quote");
        withVariable("--format").assertRefused(Defaults.VARIABLE, "--format");
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        Path reports = folder.resolve("reports");
        Path trace = folder.resolve("kept.trace");
        CommandRun run = CommandRun.of(
                "run", "--report-dir", reports.toString(), "--keep-trace", trace.toString(), "no-such.jar");
        assertEquals(ExitCode.USAGE.number(), run.exit());
        assertFalse(Files.exists(reports));
        assertFalse(Files.exists(trace));
    }

    private CommandRun inFolder() {
        return CommandRun.in(folder, Map.of(), "run", "app.jar");
    }

    private CommandRun withVariable(String value) {
        return CommandRun.in(folder, Map.of(Defaults.VARIABLE, value), "run", "app.jar");
    }

    private CommandRun run(String... options) throws IOException {
        String[] args = new String[options.length + 2];
        args[0] = "run";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 1] = jar("Main");
        return CommandRun.of(args);
    }

    private String jar(String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (mainClass != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        Path file = folder.resolve("app.jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file.toString();
    }
}
