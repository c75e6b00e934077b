package io.pmemcheckj.cli.watch;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the user may mean. */
final class Sources {
    private Sources() {}

    /** @throws WatchException when it is none of PID, HOST:PORT and the name of a file */
    static Source of(String target) throws WatchException {
        if (!target.isBlank() && Files.exists(Path.of(target))) {
            return new RecordingSource(Path.of(target));
        }
        if (target.matches("\\d{1,10}")) {
            return new LocalSource(Long.parseLong(target));
        }
        if (target.matches("[^/\\s]+:\\d{1,5}")) {
            return new RemoteSource(target);
        }
        throw WatchException.usage(
                target.contains("/") || target.endsWith(".jfr")
                        ? target + ": no such file"
                        : "'" + target + "' is no process id, no HOST:PORT and no file");
    }
}
