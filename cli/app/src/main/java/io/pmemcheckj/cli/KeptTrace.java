package io.pmemcheckj.cli;

import io.pmemcheckj.trace.TeeVisitor;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.file.TraceFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file of {@code --keep-trace}, or nothing where the option is not given. */
final class KeptTrace implements AutoCloseable {
    private final Path file;
    private final TraceFileWriter writer;
    private boolean closed;

    private KeptTrace(Path file, TraceFileWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /** @throws CommandException when the file cannot be written */
    static KeptTrace create(Path file) {
        if (file == null) {
            return new KeptTrace(null, null);
        }
        try {
            return new KeptTrace(file, new TraceFileWriter(file));
        } catch (IOException e) {
            throw CommandException.usage("--keep-trace: " + e.getMessage());
        }
    }

    /** What hands events to the file as well. */
    TraceVisitor and(TraceVisitor other) {
        return writer == null ? other : new TeeVisitor(List.of(other, writer));
    }

    /**
     * Completes the file.
     *
     * @return what went wrong, or null
     */
    String complete() {
        if (writer == null || closed) {
            return null;
        }
        closed = true;
        try {
            writer.close();
            return null;
        } catch (IOException e) {
            return "the kept trace is incomplete: " + e.getMessage();
        }
    }

    /** Name of the file, or null. */
    Path file() {
        return file;
    }

    @Override
    public void close() {
        complete();
    }
}
