package io.pmemcheckj.gate;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import java.util.List;
import java.util.function.Predicate;

/**
 * A suppression of a file. It matches a finding that all of its parts match; null stands for a part that is not given.
 *
 * @param rule matches the rule id
 * @param className matches the class of the location, or one around it
 * @param method matches the method of the location
 * @param file matches the source file, with the folders of its package
 * @param stack each matches a frame {@code class.method}, in this order from the inside to the outside
 * @param segment matches the path of the mapped file
 */
record FileSuppression(
        Predicate<String> rule,
        Predicate<String> className,
        Predicate<String> method,
        Predicate<String> file,
        List<Predicate<String>> stack,
        Predicate<String> segment,
        Finding.Suppression suppression,
        String description)
        implements Suppressor {

    @Override
    public boolean matches(Finding finding) {
        Location place = finding.location();
        return matches(rule, finding.rule())
                && (className == null || isInClass(place))
                && (matches(method, CodeNames.method(place)) || matches(method, place.method()))
                && matches(file, sourcePath(place))
                && matches(
                        segment,
                        finding.segment() == null ? null : finding.segment().path())
                && matchesStack(finding);
    }

    private static boolean matches(Predicate<String> part, String value) {
        return part == null || value != null && part.test(value);
    }

    private boolean isInClass(Location place) {
        String name = place.className();
        while (name != null) {
            if (className.test(name)) {
                return true;
            }
            int outer = name.lastIndexOf('$');
            name = outer < 0 ? null : name.substring(0, outer);
        }
        return false;
    }

    private static String sourcePath(Location place) {
        if (place.className() == null || place.file() == null) {
            return place.file();
        }
        int dot = place.className().lastIndexOf('.');
        return place.className().substring(0, dot + 1).replace('.', '/') + place.file();
    }

    private boolean matchesStack(Finding finding) {
        List<Location> frames = finding.stack().isEmpty() ? List.of(finding.location()) : finding.stack();
        int met = 0;
        for (Location frame : frames) {
            if (met < stack.size() && stack.get(met).test(frame.className() + "." + frame.method())) {
                met++;
            }
        }
        return met == stack.size();
    }
}
