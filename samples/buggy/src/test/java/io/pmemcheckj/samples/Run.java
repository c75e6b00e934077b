package io.pmemcheckj.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that ended: its exit code and what it printed. Output goes through files, so a process that prints
 * gigabytes cannot block and is not held in memory unless it is read.
 */
record Run(List<String> command, int exit, Path stdoutFile, Path stderrFile) {
    private static final long MINUTES = 4;

    /** A process that runs. */
    record Started(List<String> command, Process process, Path stdout, Path stderr) {
        /** Waits for the end; a process that hangs is killed and is an error. */
        Run await() throws IOException, InterruptedException {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        "still running after " + MINUTES + " minutes: " + command + "\n" + Files.readString(stderr));
            }
            return new Run(command, process.exitValue(), stdout, stderr);
        }
    }

    /** Runs a command to its end in a folder, with empty standard input. */
    static Run of(Path folder, List<String> command) throws IOException, InterruptedException {
        return of(folder, Map.of(), command);
    }

    /** The same with more environment variables. */
    static Run of(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        return start(folder, environment, command, "").await();
    }

    static Started start(Path folder, List<String> command, String stdin) throws IOException {
        return start(folder, Map.of(), command, stdin);
    }

    private static Started start(Path folder, Map<String, String> environment, List<String> command, String stdin)
            throws IOException {
        Files.createDirectories(folder);
        Path stdout = Files.createTempFile(folder, "stdout", ".txt");
        Path stderr = Files.createTempFile(folder, "stderr", ".txt");
        Path input = Files.writeString(Files.createTempFile(folder, "stdin", ".txt"), stdin);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        // options that a developer's shell sets must not change what the tests see
        builder.environment().remove("PMEMCHECK_J_OPTS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return new Started(command, builder.start(), stdout, stderr);
    }

    String stdout() throws IOException {
        return Files.readString(stdoutFile, StandardCharsets.UTF_8);
    }

    String stderr() throws IOException {
        return Files.readString(stderrFile, StandardCharsets.UTF_8);
    }

    /** For assertion messages. */
    String describe() {
        try {
            return text();
        } catch (IOException e) {
            return command + " (its output cannot be read: " + e + ")";
        }
    }

    private String text() throws IOException {
        return String.join(" ", command) + "\nexit " + exit + "\n--- stderr\n" + stderr() + "\n--- stdout\n"
                + (Files.size(stdoutFile) > 10_000 ? Files.size(stdoutFile) + " bytes" : stdout());
    }
}
