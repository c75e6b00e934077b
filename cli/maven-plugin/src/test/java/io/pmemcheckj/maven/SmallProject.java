package io.pmemcheckj.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A copy of a project, built by Maven as its user would, with the plugin from a local repository of its own. */
record SmallProject(Path folder) {
    static final Path ROOT = Path.of(System.getProperty("it.root"));
    /** Offline: all that a small project needs the build of the plugin needed, too. */
    private static final List<String> ARGUMENTS = List.of(
            "-B",
            "-o",
            "-Dstyle.color=never",
            "-Dmaven.repo.local=" + System.getProperty("it.repository"),
            "-Dmaven.repo.local.tail=" + System.getProperty("it.tail"));

    private static final long MINUTES = 4;

    /** How a build ended. */
    record Build(int exit, String log) {
        boolean says(String text) {
            return log.contains(text);
        }
    }

    static SmallProject copy(Path original, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(original.relativize(file).toString());
                if (original.relativize(file).startsWith("target")) {
                    continue;
                }
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return new SmallProject(to);
    }

    /** Builds on the JDK that runs this test. */
    Build build(String... arguments) throws IOException, InterruptedException {
        return build(Path.of(System.getProperty("java.home")), arguments);
    }

    Build build(Path jdk, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("mvnw").toString()));
        command.addAll(List.of(arguments));
        return run(jdk, command);
    }

    /** Runs a command line that calls {@code mvn}. */
    Build shell(String line) throws IOException, InterruptedException {
        String mvn = "mvn() { '" + ROOT.resolve("mvnw") + "' \"$@\"; }\n";
        return run(Path.of(System.getProperty("java.home")), List.of("sh", "-ec", mvn + line));
    }

    private Build run(Path jdk, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "build", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeAll(List.of("PMEMCHECK_J_OPTS", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1"); // starts faster
        builder.environment().put("MAVEN_ARGS", String.join(" ", ARGUMENTS));
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError("still running after " + MINUTES + " minutes:\n" + Files.readString(log));
        }
        return new Build(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }

    /** What the report of a module says: {@code rule File.java:line}, sorted. */
    List<String> findings(String module) throws IOException {
        JsonNode report = JsonMapper.shared().readTree(target(module).resolve("pmemcheck-j/report.json"));
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : report.get("findings")) {
            JsonNode location = finding.get("location");
            findings.add(
                    finding.get("rule").asString() + " " + location.get("file").asString() + ":"
                            + location.get("line").asInt());
        }
        return findings.stream().sorted().toList();
    }

    Path target(String module) {
        return folder.resolve(module).resolve("target");
    }

    List<Path> traces(String module) throws IOException {
        try (Stream<Path> files = Files.list(target(module).resolve("pmemcheck-j/traces"))) {
            return files.filter(file -> file.toString().endsWith(".trace")).toList();
        }
    }

    /** Replaces a text that must be there. */
    void edit(Path file, String from, String to) throws IOException {
        Path source = folder.resolve(file);
        String text = Files.readString(source);
        if (!text.contains(from)) {
            throw new AssertionError(source + " does not hold: " + from);
        }
        Files.writeString(source, text.replace(from, to));
    }

    /** {@code File.java:line} of the one line with this text. */
    String place(Path file, String text) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return file.getFileName() + ":" + (i + 1);
            }
        }
        throw new AssertionError(file + " does not hold: " + text);
    }
}
