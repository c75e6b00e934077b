package io.pmemcheckj.analysis;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a check looks at.
 *
 * @param domain auto, adr, eadr or page-cache
 * @param enabledRules ids of the rules to report
 * @param orderFiles files that declare orders (option {@code --order})
 * @param after the trace of the run that left the files which this one finds, or null
 * @param orderHabits when an order that nobody declared counts as meant
 * @param segments globs of file paths that count; empty for all
 * @param excludedSegments globs of file paths that do not count
 */
public record AnalysisOptions(
        String domain,
        Set<String> enabledRules,
        List<Path> orderFiles,
        Path after,
        OrderHabits orderHabits,
        List<String> segments,
        List<String> excludedSegments) {

    /** Options that say nothing else. */
    public static AnalysisOptions of(String domain, Set<String> enabledRules) {
        return new AnalysisOptions(domain, enabledRules, List.of(), null, OrderHabits.DEFAULT, List.of(), List.of());
    }

    /** The same for a program that runs on files which another run left. */
    public AnalysisOptions after(Path trace) {
        return new AnalysisOptions(domain, enabledRules, orderFiles, trace, orderHabits, segments, excludedSegments);
    }

    /** The same with orders of files. */
    public AnalysisOptions ordered(List<Path> files) {
        return new AnalysisOptions(domain, enabledRules, files, after, orderHabits, segments, excludedSegments);
    }

    /** The same with another opinion of inferred orders. */
    public AnalysisOptions inferring(OrderHabits habits) {
        return new AnalysisOptions(domain, enabledRules, orderFiles, after, habits, segments, excludedSegments);
    }
}
