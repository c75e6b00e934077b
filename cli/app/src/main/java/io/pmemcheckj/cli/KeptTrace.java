package io.pmemcheckj.cli;

import io.pmemcheckj.trace.TeeVisitor;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.file.TraceFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The file of {@code --keep-trace}, or nothing where the option is not given. */
final class KeptTrace implements AutoCloseable {
    private final TraceFileWriter writer;
    private final boolean carriesValues;
    private boolean closed;

    private KeptTrace(TraceFileWriter writer, boolean carriesValues) {
        this.writer = writer;
        this.carriesValues = carriesValues;
    }

    /**
     * @param file null for none
     * @param values whether values are recorded
     * @throws CommandException when the file cannot be written
     */
    static KeptTrace create(Path file, boolean values) {
        if (file == null) {
            return new KeptTrace(null, false);
        }
        try {
            return new KeptTrace(new TraceFileWriter(file), values);
        } catch (IOException e) {
            throw CommandException.usage("--keep-trace: " + e.getMessage());
        }
    }

    /** What hands events to the file as well. */
    TraceVisitor and(TraceVisitor other) {
        return writer == null ? other : new TeeVisitor(List.of(other, writer));
    }

    /** Writes how to run the program again. */
    void command(Program program) {
        if (writer != null) {
            writer.property("command", new JsonMapper().writeValueAsString(program.javaArguments()));
        }
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

    /** Whether there is a file, and what the program stores goes into it. */
    boolean carriesValues() {
        return carriesValues;
    }

    @Override
    public void close() {
        complete();
    }
}
