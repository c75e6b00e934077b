package io.pmemcheckj.cli;

import io.pmemcheckj.trace.TraceFormatException;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.file.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace that is to be read. */
record TraceInput(Path file) {
    private static final long WRITER_NANOS = 10_000_000_000L;

    /** @throws CommandException when there is no such file; checked apart so that nothing else is started for it */
    void check() {
        if (!Files.exists(file)) {
            throw CommandException.usage("no such trace: " + file);
        }
        if (Files.isDirectory(file)) {
            throw CommandException.usage(file + " is a folder, not a trace");
        }
        if (!Files.isReadable(file)) {
            throw CommandException.usage("cannot read trace " + file + ": permission denied");
        }
    }

    /**
     * An agent that was used alone has a process that completes the trace when the program has ended; until then there
     * is a ring beside the trace.
     */
    private void awaitWriter() {
        Path ring = Path.of(file + ".ring");
        long start = System.nanoTime();
        while (Files.exists(ring) && System.nanoTime() - start < WRITER_NANOS) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** @throws CommandException when the file is no trace, or a damaged one */
    void read(TraceVisitor visitor) {
        awaitWriter();
        try {
            TraceFile.read(file, visitor);
        } catch (TraceFormatException e) {
            throw CommandException.untrusted(e.getMessage());
        } catch (IOException e) {
            throw CommandException.untrusted("cannot read " + file + ": " + Console.reason(e));
        }
    }
}
