package io.pmemcheckj.analysis;

import java.util.List;
import java.util.function.Predicate;

/** Which mapped files count: those that match an included glob, or all if there is none, and no excluded one. */
final class SegmentFilter implements Predicate<String> {
    private final List<PathGlob> included;
    private final List<PathGlob> excluded;

    /** @throws UsageException for a malformed glob */
    SegmentFilter(List<String> included, List<String> excluded) {
        this.included =
                included.stream().map(glob -> new PathGlob("--segments", glob)).toList();
        this.excluded = excluded.stream()
                .map(glob -> new PathGlob("--exclude-segments", glob))
                .toList();
    }

    @Override
    public boolean test(String path) {
        return (included.isEmpty() || included.stream().anyMatch(glob -> glob.test(path)))
                && excluded.stream().noneMatch(glob -> glob.test(path));
    }
}
