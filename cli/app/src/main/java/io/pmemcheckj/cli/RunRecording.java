package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.flight.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The recording of {@code run --jfr}, or nothing where the option is not given. The program's JVM writes it when it ends; one that was
 * killed leaves what it had written so far in a folder of its own.
 */
final class RunRecording {
    private final Path file;
    private boolean failed;

    private RunRecording(Path file) {
        this.file = file;
    }

    /**
     * Makes sure, before anything is run, that the file can be written; it is empty from then on.
     *
     * @param file null for none
     * @throws CommandException when it cannot
     */
    static RunRecording create(Path file) {
        if (file != null) {
            try {
                Files.write(file, new byte[0]);
            } catch (IOException e) {
                throw CommandException.usage("--jfr: cannot write " + file + ": " + Console.reason(e));
            }
        }
        return new RunRecording(file);
    }

    List<String> agentOptions() {
        return file == null ? List.of() : List.of("jfr=" + file.toAbsolutePath());
    }

    /**
     * What it tells of the run, once the program has ended; null where there is nothing, and if there should be, the console says why.
     *
     * @param properties what the program's JVM said of itself
     */
    Flight read(Map<String, String> properties, Console console) {
        if (file == null) {
            return null;
        }
        try {
            boolean whole = Files.size(file) > 0;
            if (!whole) {
                saveFrom(properties.get("jfr-repository"));
            }
            if (Files.size(file) > 0) {
                List<String> missing = whole
                        ? List.of()
                        : List.of(
                                "the JVM did not end by itself; this is what it had written by then, the last second or"
                                        + " more is missing");
                return FlightInput.open(file).of(List.of(RunIdentity.of(properties)), missing);
            }
            Files.delete(file);
            fail(console, properties.getOrDefault("jfr-failure", "the JVM wrote none before it ended"));
        } catch (IOException e) {
            fail(console, Console.reason(e));
        } catch (CommandException e) {
            fail(console, "cannot be read, " + e.getMessage());
        }
        return null;
    }

    private void fail(Console console, String reason) {
        failed = true;
        console.say("--jfr: there is no recording to tell of: " + reason);
    }

    private void saveFrom(String repository) throws IOException {
        if (repository != null && Files.isDirectory(Path.of(repository))) {
            FlightChunks.assemble(Path.of(repository), file);
        }
    }

    /** Whether there should be one and is not. */
    boolean isMissing() {
        return failed;
    }
}
