package io.pmemcheckj.agent.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Versions as Maven orders them, in short: parts between dots, hyphens and changes from digits to letters; numbers by their
 * value, "final", "ga" and "release" as nothing, other words before nothing.
 */
final class Version {
    private Version() {}

    /** Whether a version lies in a range like {@code [1.2,1.3)}. */
    static boolean isIn(String range, String version) {
        String bounds = range.substring(1, range.length() - 1);
        int comma = bounds.indexOf(',');
        if (comma < 0) {
            return compare(version, bounds) == 0;
        }
        String low = bounds.substring(0, comma);
        String high = bounds.substring(comma + 1);
        boolean fromLow = low.isEmpty() || compare(version, low) >= (range.charAt(0) == '[' ? 0 : 1);
        boolean toHigh = high.isEmpty() || compare(version, high) <= (range.endsWith("]") ? 0 : -1);
        return fromLow && toHigh;
    }

    private static int compare(String a, String b) {
        List<String> left = parts(a);
        List<String> right = parts(b);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int order = comparePart(i < left.size() ? left.get(i) : "", i < right.size() ? right.get(i) : "");
            if (order != 0) {
                return Integer.signum(order);
            }
        }
        return 0;
    }

    private static List<String> parts(String version) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (char c : version.toLowerCase(java.util.Locale.ROOT).toCharArray()) {
            boolean separator = c == '.' || c == '-' || c == '_' || c == '+';
            if (part.length() > 0 && (separator || isDigit(c) != isDigit(part.charAt(0)))) {
                parts.add(part.toString());
                part.setLength(0);
            }
            if (!separator) {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static int comparePart(String a, String b) {
        return rank(a) != rank(b) ? rank(a) - rank(b) : isNumber(a) ? compareNumbers(a, b) : a.compareTo(b);
    }

    /** Words come before nothing, nothing before numbers other than 0. */
    private static int rank(String part) {
        if (isNumber(part)) {
            return stripZeros(part).isEmpty() ? 1 : 2;
        }
        return switch (part) {
            case "", "final", "ga", "release" -> 1;
            default -> 0;
        };
    }

    private static int compareNumbers(String a, String b) {
        String left = stripZeros(a);
        String right = stripZeros(b);
        return left.length() != right.length() ? left.length() - right.length() : left.compareTo(right);
    }

    private static String stripZeros(String digits) {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && isDigit(part.charAt(0));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
