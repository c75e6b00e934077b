package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.consumer.EventStream;

/** A file. */
final class RecordingSource implements Source {
    private final Path file;
    private Chunks chunks;

    RecordingSource(Path file) {
        this.file = file;
    }

    @Override
    public String title() {
        return file.toString();
    }

    @Override
    public EventStream open() throws WatchException {
        try {
            chunks = Files.isRegularFile(file) ? Chunks.of(file) : Chunks.NONE;
            if (chunks == Chunks.NONE) {
                throw WatchException.usage(file + " is no recording of JDK Flight Recorder");
            }
            return EventStream.openFile(file);
        } catch (IOException e) {
            throw WatchException.usage("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** Whether the end can be told only by nothing coming any more. */
    boolean isEndless() {
        return chunks == Chunks.UNFINISHED;
    }

    @Override
    public boolean isOver() {
        return false; // the stream ends by itself
    }

    @Override
    public Ending ending() {
        return new Ending(
                State.REPLAYED,
                switch (chunks) {
                    case UNFINISHED -> file + " was not finished: the program was killed, or still runs";
                    case CUT_OFF -> file + " is cut off";
                    default -> null;
                });
    }

    @Override
    public void close() {
        // The stream is all there is.
    }
}
