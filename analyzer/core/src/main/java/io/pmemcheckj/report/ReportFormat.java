package io.pmemcheckj.report;

import io.pmemcheckj.findings.Report;
import java.io.IOException;
import java.io.OutputStream;

/** A way to write a report down. */
public interface ReportFormat {

    /** The name used with {@code --format}. */
    String id();

    /** Name of the file in the report folder. */
    String fileName();

    /** Whether those it is for read it from a command's output, rather than from a file. */
    default boolean isForConsole() {
        return false;
    }

    /**
     * Writes the whole report, and flushes but does not close the stream.
     *
     * @param sources where the program's source code is
     * @throws IOException if the stream fails
     */
    void write(Report report, Sources sources, OutputStream out) throws IOException;
}
