package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import io.pmemcheckj.report.TextReport;
import java.io.IOException;
import java.util.List;

/**
 * What becomes of the result of a check: text on stderr, files in the report folder, an exit code.
 *
 * @param sources where the program's source code is
 * @param quiet whether only what went wrong is said
 */
record Outcome(
        Console console,
        ReportFolder folder,
        List<ReportFormat> formats,
        Sources sources,
        FailOn threshold,
        boolean quiet) {

    ExitCode of(Report report) {
        if (!quiet) {
            print(report, new TextReport());
        }
        boolean trusted = report.run().complete() && report.run().problems().isEmpty();
        for (String problem : report.run().problems()) {
            console.say("the check cannot be trusted: " + problem);
        }
        if (trusted && report.segments().isEmpty() && !quiet) {
            console.say("the program mapped no file and registered no memory: there was nothing to check");
        }
        boolean written = true;
        for (ReportFormat format : formats) {
            written &= folder.write(report, format, sources, console);
            if (format.isForConsole() && !(format instanceof TextReport)) {
                print(report, format);
            }
        }
        if (written && !quiet) {
            console.say("reports are in " + folder.path());
        }
        return ExitCode.of(
                trusted && written, threshold.reachedBy(report), report.run().exitCode());
    }

    private void print(Report report, ReportFormat format) {
        try {
            format.write(report, sources, console.err());
        } catch (IOException e) {
            console.say("cannot print the findings: " + Console.reason(e));
        }
        console.err().flush();
    }
}
