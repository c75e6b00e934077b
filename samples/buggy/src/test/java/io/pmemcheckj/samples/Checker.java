package io.pmemcheckj.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts pmemcheck-j as a user would, from its jar, with one JDK for the traced program. */
final class Checker {
    static final Path JAR = Path.of(System.getProperty("pmemcheckj.jar", "cli/app/target/pmemcheck-j.jar"));
    static final Path SAMPLES_JAR = Path.of(System.getProperty("samples.jar", "target/pmemcheck-j-samples.jar"));
    static final Path LIBS = Path.of(System.getProperty("it.libs", "target/it-libs"));
    static final Path BASEDIR = Path.of(System.getProperty("samples.basedir", "."));

    private final Jdks.Jdk jdk;
    private final Path folder;

    /** @param folder where the tool and the program run and leave their files */
    Checker(Jdks.Jdk jdk, Path folder) {
        this.jdk = jdk;
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** The command line of the tool itself. */
    static List<String> tool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Jdks.current().java().toString()));
        command.addAll(ToolJvm.flags());
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@code pmemcheck-j run --java … options -- program}, where the program is what follows {@code java}. */
    List<String> runCommand(List<String> options, List<String> program) {
        List<String> command = tool("run", "--java", jdk.java().toString(), "--report-dir", reportDir());
        command.addAll(options);
        command.add("--");
        command.addAll(program);
        return command;
    }

    Run run(List<String> options, List<String> program) throws IOException, InterruptedException {
        return Run.of(folder, runCommand(options, program));
    }

    /** The program alone. */
    Run untraced(List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(program);
        return Run.of(folder.resolve("untraced"), command);
    }

    Run analyze(List<String> options, Path trace) throws IOException, InterruptedException {
        List<String> command =
                tool("analyze", "--report-dir", folder.resolve("analyzed").toString());
        command.addAll(options);
        command.add(trace.toString());
        return Run.of(folder, command);
    }

    /** Keeps the trace of a run with all that crash states need. */
    Path traceForCrashes(List<String> options, List<String> program) throws IOException, InterruptedException {
        Path trace = folder.resolve("crash.trace");
        List<String> all = new ArrayList<>(List.of("--no-progress", "--values", "--keep-trace", trace.toString()));
        all.addAll(options);
        Run run = run(all, program);
        if (run.exit() > 1) {
            throw new AssertionError(run.describe());
        }
        return trace;
    }

    /** {@code pmemcheck-j crash}: the tool itself, and the checks with it, run on the JDK under test. */
    List<String> crashCommand(Path trace, List<String> options) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(ToolJvm.plainFlags());
        command.addAll(List.of(
                "-jar",
                JAR.toAbsolutePath().toString(),
                "crash",
                "--no-progress",
                "--report-dir",
                folder.resolve("crashed").toString()));
        command.addAll(options);
        command.add(trace.toString());
        return command;
    }

    Run crash(Path trace, List<String> options) throws IOException, InterruptedException {
        return Run.of(folder, crashCommand(trace, options));
    }

    private String reportDir() {
        return folder.resolve("report").toString();
    }

    JsonNode report() throws IOException {
        return read(folder.resolve("report/report.json"));
    }

    JsonNode analyzedReport() throws IOException {
        return read(folder.resolve("analyzed/report.json"));
    }

    JsonNode crashReport() throws IOException {
        return read(folder.resolve("crashed/report.json"));
    }

    private static JsonNode read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new AssertionError("no report was written: " + file);
        }
        String text = Files.readString(file);
        List<?> errors = ReportSchema.errors(text);
        if (!errors.isEmpty()) {
            throw new AssertionError(file + " is not as its schema says: " + errors);
        }
        return JsonMapper.shared().readTree(text);
    }

    /** The findings of a report in the form of the sources' marks. */
    static List<Mark> findings(JsonNode report) {
        List<Mark> findings = new ArrayList<>();
        for (JsonNode finding : report.get("findings")) {
            JsonNode location = finding.get("location");
            JsonNode file = location.get("file");
            findings.add(new Mark(
                    file == null || file.isNull() ? "unknown" : file.asString(),
                    location.get("line") == null ? 0 : location.get("line").asInt(),
                    finding.get("rule").asString(),
                    finding.get("bytes").asLong(),
                    finding.get("occurrences").asLong()));
        }
        return findings;
    }

    /** {@code error}, {@code warning} or {@code note} findings only. */
    static List<Mark> findings(JsonNode report, String severity) {
        List<Mark> all = findings(report);
        List<Mark> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (report.get("findings").get(i).get("severity").asString().equals(severity)) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }
}
