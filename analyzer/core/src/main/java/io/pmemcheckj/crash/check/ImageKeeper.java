package io.pmemcheckj.crash.check;

import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.State;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Keeps the images of refused states beside the report. */
public final class ImageKeeper {
    private static final int MOST = 50;

    private final Path parent;
    private final String workingDirectory;
    private final UnaryOperator<String> command;
    private final long mostBytes;
    private final AtomicInteger kept = new AtomicInteger();
    private ImageLayout layout;

    /**
     * A kept image.
     *
     * @param path folder of the image
     * @param copy folder for a copy, which a check may change
     */
    public record Kept(String path, String copy) {

        /** A command line that makes the copy. */
        public String copyCommand() {
            return "rm -rf " + CommandChecker.quoted(copy) + " && cp -r " + CommandChecker.quoted(path) + " "
                    + CommandChecker.quoted(copy);
        }
    }

    /**
     * @param parent folder for the images; it need not exist
     * @param workingDirectory of the program, or null
     * @param mostBytes an image whose files are longer than this is not kept
     * @param command makes a command line that checks the state with an id again
     */
    public ImageKeeper(Path parent, String workingDirectory, long mostBytes, UnaryOperator<String> command) {
        this.parent = parent;
        this.workingDirectory = workingDirectory;
        this.mostBytes = mostBytes;
        this.command = command;
    }

    /**
     * To be called first.
     *
     * @param paths all paths that files of the program had
     */
    public void layout(Set<String> paths) throws IOException {
        deleteOld();
        layout = new ImageLayout(workingDirectory, paths);
    }

    /** Images of an earlier exploration would pass for those of this one. */
    private void deleteOld() throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> old = Files.newDirectoryStream(parent, "crash-*")) {
            for (Path path : old) {
                if (Files.isDirectory(path) && path.getFileName().toString().matches("crash-\\d+(\\.copy)?")) {
                    ImageFolder.delete(path);
                }
            }
        }
    }

    public ImageLayout layout() {
        return layout;
    }

    /** A command line that checks a state again. */
    public String command(String id) {
        return command.apply(id);
    }

    /** @return where it is; null if there are enough already, or it would be too large */
    public Kept keep(FileReplay replay, State state) throws IOException {
        long bytes = replay.present().stream()
                .mapToLong(file -> file.content().length())
                .sum();
        int number = kept.incrementAndGet();
        if (number > MOST || bytes > mostBytes) {
            return null;
        }
        Path path = parent.resolve("crash-" + number);
        Files.createDirectories(path);
        ImageFolder.write(path, layout, replay, state);
        return new Kept(path.toString(), path + ".copy");
    }
}
