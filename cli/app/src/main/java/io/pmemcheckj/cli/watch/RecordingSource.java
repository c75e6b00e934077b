package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jdk.jfr.consumer.EventStream;

/** A file. */
record RecordingSource(Path file) implements Source {
    private static final byte[] MAGIC = "FLR\0".getBytes(StandardCharsets.ISO_8859_1);

    @Override
    public String title() {
        return file.toString();
    }

    @Override
    public EventStream open() throws WatchException {
        try {
            if (!Files.isRegularFile(file) || !isRecording()) {
                throw WatchException.usage(file + " is no recording of JDK Flight Recorder");
            }
            return EventStream.openFile(file);
        } catch (IOException e) {
            throw WatchException.usage("cannot read " + file + ": " + e.getMessage());
        }
    }

    private boolean isRecording() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    @Override
    public boolean isOver() {
        return false; // the stream ends by itself
    }

    @Override
    public Ending ending() {
        return new Ending(State.REPLAYED, null);
    }

    @Override
    public void close() {
        // The stream is all there is.
    }
}
