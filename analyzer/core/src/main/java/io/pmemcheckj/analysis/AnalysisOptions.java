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
 * @param orderHabits when an order that nobody declared counts as meant
 * @param segments globs of file paths that count; empty for all
 * @param excludedSegments globs of file paths that do not count
 */
public record AnalysisOptions(
        String domain,
        Set<String> enabledRules,
        List<Path> orderFiles,
        OrderHabits orderHabits,
        List<String> segments,
        List<String> excludedSegments) {

    /** With the usual opinion of inferred orders. */
    public AnalysisOptions(
            String domain,
            Set<String> enabledRules,
            List<Path> orderFiles,
            List<String> segments,
            List<String> excludedSegments) {
        this(domain, enabledRules, orderFiles, OrderHabits.DEFAULT, segments, excludedSegments);
    }
}
