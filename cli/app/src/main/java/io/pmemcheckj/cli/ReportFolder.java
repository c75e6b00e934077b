package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.report.ReportFormat;
import io.pmemcheckj.report.Sources;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder of {@code --report-dir}. */
final class ReportFolder {
    private final Path path;

    private ReportFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes sure, before anything is run, that reports can be written.
     *
     * @throws CommandException when they cannot
     */
    static ReportFolder open(Path path) {
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, ".pmemcheck-j", null));
            return new ReportFolder(path);
        } catch (IOException e) {
            throw CommandException.usage("--report-dir: cannot write to folder " + path + ": " + Console.reason(e));
        }
    }

    Path path() {
        return path;
    }

    /**
     * Writes one report. A file that was there before stays until the new one is complete.
     *
     * @return false when it could not be written, which has been said on the console
     */
    boolean write(Report report, ReportFormat format, Sources sources, Console console) {
        Path target = path.resolve(format.fileName());
        Path draft = path.resolve(format.fileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                format.write(report, sources, out);
            }
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            console.say("cannot write " + target + ": " + Console.reason(e));
            discard(draft);
            return false;
        }
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // What is left of it is in the way of nothing.
        }
    }
}
