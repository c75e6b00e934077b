package io.pmemcheckj.report;

import io.pmemcheckj.findings.Location;
import io.pmemcheckj.findings.Report;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes pages to look at, into the folder given. */
final class WritePages {
    private static final List<String> LINES = IntStream.rangeClosed(1, 6_000)
            .mapToObj(i -> "\tbuffer.putLong(at + " + i + ", value); // line " + i)
            .toList();

    private WritePages() {}

    public static void main(String[] args) throws Exception {
        Map<String, Report> reports = Map.of(
                "3", Reports.gallery(3),
                "40", Reports.gallery(40),
                "5000", Reports.gallery(5_000),
                "crash", Reports.crash(),
                "empty", Reports.empty(),
                "hostile", Reports.hostile());
        for (Map.Entry<String, Report> report : reports.entrySet()) {
            try (OutputStream out = Files.newOutputStream(Path.of(args[0], report.getKey() + ".html"))) {
                new HtmlReport().write(report.getValue(), WritePages::source, out);
            }
        }
    }

    /** A made-up file for each place. */
    static Optional<Sources.SourceFile> source(Location location) {
        return location.file() == null || location.className().startsWith("java.")
                ? Optional.empty()
                : Optional.of(new Sources.SourceFile("src/main/java/" + location.file(), true, LINES));
    }
}
