package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.gate.AnnotatedSuppression;
import io.pmemcheckj.gate.Gate;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import io.pmemcheckj.report.TextReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
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
        boolean quiet,
        Gate gate) {

    /**
     * @param all the report, of which all findings count so far
     * @param annotated what the code of the program says of findings
     */
    ExitCode of(Report all, List<AnnotatedSuppression> annotated) {
        Report report = gate.apply(all, annotated, LocalDate.now());
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
        written &= writeBaseline(report);
        return ExitCode.of(
                trusted && written, threshold.reachedBy(report), report.run().exitCode());
    }

    /** @return false when it could not be written, which has been said on the console */
    private boolean writeBaseline(Report report) {
        try {
            Path file = gate.writeBaseline(report);
            if (file != null && !quiet) {
                console.say("the baseline is in " + file);
            }
            return true;
        } catch (IOException e) {
            console.say("cannot write the baseline: " + Console.reason(e));
            return false;
        }
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
