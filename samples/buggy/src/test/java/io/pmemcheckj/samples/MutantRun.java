package io.pmemcheckj.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import tools.jackson.databind.JsonNode;

/**
 * What the tool said of a program.
 *
 * @param serious rules of findings that are errors or warnings
 * @param notes rules of findings that are notes
 * @param findings all findings, for people
 * @param exit exit code of the tool
 */
record MutantRun(Set<String> serious, Set<String> notes, List<String> findings, int exit) {
    /** Cost notes that are off by default count here: a store done twice has no other trace. */
    private static final List<String> OPTIONS = List.of("--no-progress", "--rules=+overwritten-store");

    /** Compiles a source and runs it under the tool. */
    static MutantRun of(String program, String source, List<String> options, Path folder)
            throws IOException, InterruptedException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(program, source, classes);
        Checker checker = new Checker(Jdks.current(), folder);
        List<String> all = new ArrayList<>(OPTIONS);
        all.addAll(options);
        Run run = checker.run(
                all,
                List.of("-cp", Compile.classPath(List.of(classes, Checker.SAMPLES_JAR.toAbsolutePath())), program));
        assertTrue(Set.of(0, 1, 4).contains(run.exit()), run::describe);
        return of(checker.report(), run.exit());
    }

    private static MutantRun of(JsonNode report, int exit) {
        Set<String> serious = new TreeSet<>();
        Set<String> notes = new TreeSet<>();
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : report.get("findings")) {
            boolean note = finding.get("severity").asString().equals("note");
            (note ? notes : serious).add(finding.get("rule").asString());
        }
        Checker.findings(report).forEach(mark -> findings.add(mark.toString()));
        return new MutantRun(serious, notes, findings, exit);
    }

    boolean found() {
        return !findings.isEmpty();
    }

    private static void compile(String program, String source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean done = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-g", "-d", classes.toString(), "-cp", Checker.SAMPLES_JAR.toString()),
                        null,
                        List.of(new Source(program, source)))
                .call();
        assertTrue(done, () -> source + messages);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String program, String text) {
            super(URI.create("string:///" + program + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
