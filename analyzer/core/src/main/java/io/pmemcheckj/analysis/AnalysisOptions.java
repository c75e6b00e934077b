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
 * @param segments globs of file paths that count; empty for all
 * @param excludedSegments globs of file paths that do not count
 */
public record AnalysisOptions(
        String domain,
        Set<String> enabledRules,
        List<Path> orderFiles,
        Path after,
        List<String> segments,
        List<String> excludedSegments) {

    /** Options that say nothing else. */
    public static AnalysisOptions of(String domain, Set<String> enabledRules) {
        return new AnalysisOptions(domain, enabledRules, List.of(), null, List.of(), List.of());
    }
}
