package io.pmemcheckj.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * The folder that the forks of a build write their traces to, one each.
 *
 * <p>A file is named by the fork's process id and by when it started, as a system uses a process id again.
 */
record TraceFolder(Path folder) {
    private static final String TRACE = ".trace";
    private static final String RING = ".ring";

    /** What the agent makes the name of the fork's trace from. */
    String nameForAgent() {
        return folder.resolve("%p-%t" + TRACE).toString();
    }

    /** Creates the folder, and removes what an earlier build left in it. */
    void empty() throws MojoExecutionException {
        try {
            Files.createDirectories(folder);
            for (Path file : files()) {
                if (isNamed(file, TRACE) || isNamed(file, RING)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new MojoExecutionException("cannot empty the folder of traces " + folder + ": " + e, e);
        }
    }

    /** All traces, in the order of their names. */
    List<Trace> traces() throws MojoExecutionException {
        try {
            List<Trace> traces = new ArrayList<>();
            for (Path file : files()) {
                if (isNamed(file, TRACE)) {
                    traces.add(Trace.of(file));
                }
            }
            return traces;
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read the folder of traces " + folder + ": " + e, e);
        }
    }

    /** Rings that are still there: the traces beside them lack their end, or are missing altogether. */
    List<Path> rings() throws MojoExecutionException {
        try {
            return files().stream().filter(file -> isNamed(file, RING)).toList();
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read the folder of traces " + folder + ": " + e, e);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean isNamed(Path file, String suffix) {
        return file.toString().endsWith(suffix);
    }

    /**
     * A trace and when its fork lived.
     *
     * @param start not later than the fork started
     * @param end when the file was completed, shortly after the fork had ended
     */
    record Trace(Path file, Instant start, Instant end) {
        private static Trace of(Path file) throws IOException {
            return new Trace(
                    file,
                    started(file.getFileName().toString()),
                    Files.getLastModifiedTime(file).toInstant());
        }

        private static Instant started(String name) {
            String millis = name.substring(name.indexOf('-') + 1, name.length() - TRACE.length());
            return millis.matches("\\d{1,18}") ? Instant.ofEpochMilli(Long.parseLong(millis)) : Instant.EPOCH;
        }
    }
}
