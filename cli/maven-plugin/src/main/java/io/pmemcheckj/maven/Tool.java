package io.pmemcheckj.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/**
 * The command line of pmemcheck-j, as a process of its own.
 *
 * @param jar the one jar
 * @param folder working directory: where a project file is looked for
 */
record Tool(Path jar, Path folder) {

    /** Replays traces; what the tool says goes to the log, as errors if it is not content. */
    Verdict analyze(List<String> arguments, Log log) throws MojoExecutionException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "analyze",
                "--no-progress"));
        command.addAll(arguments);
        log.debug(String.join(" ", command));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            List<String> lines;
            try (BufferedReader output = process.inputReader()) {
                lines = output.lines().toList();
            }
            Verdict verdict = new Verdict(process.waitFor(), lines);
            Consumer<String> toLog = verdict.isGood() ? log::info : log::error;
            for (String line : lines) {
                if (isWorkflowCommand(line)) {
                    System.out.println(line);
                } else {
                    toLog.accept(line);
                }
            }
            return verdict;
        } catch (IOException e) {
            throw new MojoExecutionException("cannot run " + command.get(0) + " -jar " + jar + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted while the traces were replayed", e);
        }
    }

    /** GitHub reads annotations at the beginning of a line only, where the log has its level. */
    private static boolean isWorkflowCommand(String line) {
        return line.startsWith("::");
    }
}
