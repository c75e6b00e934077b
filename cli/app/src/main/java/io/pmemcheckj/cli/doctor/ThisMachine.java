package io.pmemcheckj.cli.doctor;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The machine that this JVM runs on. */
final class ThisMachine implements Machine {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, CommandResult> unanswered = new HashMap<>();

    @Override
    public Path root() {
        return FileSystems.getDefault().getRootDirectories().iterator().next();
    }

    @Override
    public String environment(String name) {
        return System.getenv(name);
    }

    @Override
    public String home() {
        return Path.of(System.getProperty("user.home")).toAbsolutePath().toString();
    }

    @Override
    public CommandResult run(String... command) {
        CommandResult before = unanswered.get(command[0]);
        if (before != null) {
            return before; // one that hangs would do so again, and the user has waited once
        }
        CommandResult result = Subprocess.run(List.of(command), LIMIT);
        if (!result.ended()) {
            unanswered.put(command[0], result);
        }
        return result;
    }

    @Override
    public FileNode node(String file) throws IOException {
        Map<String, Object> status = Files.readAttributes(at(file), "unix:mode,rdev,size");
        return FileNode.of((int) status.get("mode"), (long) status.get("rdev"), (long) status.get("size"));
    }

    @Override
    public MapSync trySync(String file) {
        return MapSyncTrial.ofFile(at(file));
    }

    @Override
    public MapSync trySyncIn(String folder) {
        return MapSyncTrial.inFolder(at(folder));
    }
}
