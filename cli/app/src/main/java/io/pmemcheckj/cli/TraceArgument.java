package io.pmemcheckj.cli;

import io.pmemcheckj.trace.TraceVisitor;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument TRACE of a command. */
final class TraceArgument {
    @Parameters(
            arity = "1",
            paramLabel = "TRACE",
            description = "A trace that run kept (--keep-trace), or the text of one (dump).")
    private Path file;

    Path file() {
        return file;
    }

    /** @throws CommandException when there is no such file */
    void check() {
        new TraceInput(file).check();
    }

    /** @throws CommandException when the file is no trace, or a damaged one */
    void read(TraceVisitor visitor) {
        new TraceInput(file).read(visitor);
    }
}
