package io.pmemcheckj.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * One folder of reports that Surefire or Failsafe wrote: the evidence that tests ran, whatever skipped or configured
 * them.
 *
 * @param first when the first of its reports was written
 * @param last when the last one was
 */
record TestReports(Path folder, Instant first, Instant last) {
    private static final int DEPTH = 3;

    /**
     * All such folders.
     *
     * @param build the module's build folder
     * @param since reports that are older do not count
     */
    static Iterable<TestReports> below(Path build, Instant since) throws MojoExecutionException {
        if (!Files.isDirectory(build)) {
            return Map.<Path, TestReports>of().values();
        }
        Map<Path, TestReports> found = new TreeMap<>();
        try (Stream<Path> reports = Files.find(build, DEPTH, TestReports::isReport)) {
            for (Path report : (Iterable<Path>) reports::iterator) {
                Instant written = Files.getLastModifiedTime(report).toInstant();
                if (!written.isBefore(since)) {
                    found.merge(
                            report.getParent(),
                            new TestReports(report.getParent(), written, written),
                            (a, b) -> a.and(b));
                }
            }
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read the test reports below " + build + ": " + e, e);
        }
        return found.values();
    }

    private static boolean isReport(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        boolean xml = name.startsWith("TEST-") && name.endsWith(".xml");
        boolean text = name.endsWith(".txt") && file.getParent().toString().endsWith("-reports");
        return attributes.isRegularFile() && (xml || text);
    }

    private TestReports and(TestReports other) {
        return new TestReports(
                folder,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last);
    }

    /** Whether the fork of this trace may have run some of these tests: it lived when a report was written. */
    boolean mayComeFrom(TraceFolder.Trace trace) {
        return !trace.start().isAfter(last) && !trace.end().isBefore(first);
    }
}
