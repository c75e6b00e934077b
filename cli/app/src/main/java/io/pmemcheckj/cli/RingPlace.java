package io.pmemcheckj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the ring file goes: into memory if the machine has a file system for that, with room in it. */
final class RingPlace {
    /** Twice what the ring usually grows to, as others want room there, too. */
    private static final long ROOM = 64L << 20;

    private RingPlace() {}

    /**
     * Creates an empty file that only this user can read.
     *
     * @throws CommandException when there is no place for it
     */
    static Path createFile() {
        return createFile(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Path createFile(Path memory, Path temporary) {
        if (hasRoom(memory)) {
            try {
                return Files.createTempFile(memory, "pmemcheck-j", ".ring");
            } catch (IOException e) {
                // The other place will do.
            }
        }
        try {
            return Files.createTempFile(temporary, "pmemcheck-j", ".ring");
        } catch (IOException e) {
            throw CommandException.untrusted(
                    "cannot create the file through which the trace goes, in " + temporary + ": " + Console.reason(e));
        }
    }

    private static boolean hasRoom(Path folder) {
        try {
            return Files.isDirectory(folder) && Files.getFileStore(folder).getUsableSpace() >= ROOM;
        } catch (IOException e) {
            return false;
        }
    }
}
