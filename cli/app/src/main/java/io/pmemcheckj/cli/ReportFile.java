package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.report.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report.json that is named on the command line. */
final class ReportFile {
    private ReportFile() {}

    /** @throws CommandException when there is no such file, or it is no report */
    static Report read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CommandException.usage("no such report: " + file);
        }
        try {
            return JsonReport.read(file);
        } catch (IOException e) {
            throw CommandException.usage("cannot read " + file + ": " + Console.reason(e));
        }
    }
}
