package io.pmemcheckj.cli;

import io.pmemcheckj.crash.check.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary folder, in memory if there is room; it goes when this process does. */
final class Scratch implements AutoCloseable {
    private static final long SPARE = 256L << 20;

    private final Path folder;
    private final Thread cleaner = new Thread(this::delete);

    private Scratch(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    /**
     * Makes the folder.
     *
     * @param bytes how much it will hold at most
     * @throws CommandException when there is no place for it
     */
    static Scratch create(long bytes) {
        Path memory = Path.of("/dev/shm");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path parent = room(memory) >= bytes + SPARE ? memory : temporary;
            return new Scratch(Files.createTempDirectory(parent, "pmemcheck-j-crash"));
        } catch (IOException e) {
            throw CommandException.untrusted(
                    "cannot make a folder for crash images in " + temporary + ": " + Console.reason(e));
        }
    }

    private static long room(Path folder) {
        try {
            return Files.isWritable(folder) ? Files.getFileStore(folder).getUsableSpace() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** A new folder in it. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(cleaner);
    }

    private void delete() {
        try {
            ImageFolder.delete(folder);
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }
}
