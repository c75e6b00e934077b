package io.pmemcheckj.benchmarks;

import java.util.Locale;

/** One line of the result: two figures, what they mean to a user, and whether that is within the limit. */
record Table(String what, String unit, double untraced, double traced, Limit limit) {

    /**
     * What is allowed.
     *
     * @param kind whether the difference or the ratio of the two figures is limited; {@code NONE} for information
     */
    record Limit(Kind kind, double most) {
        enum Kind {
            DIFFERENCE,
            RATIO,
            NONE
        }

        static final Limit NONE = new Limit(Kind.NONE, 0);

        static Limit difference(double most) {
            return new Limit(Kind.DIFFERENCE, most);
        }

        static Limit ratio(double most) {
            return new Limit(Kind.RATIO, most);
        }
    }

    static final String HEADER = String.format(
            "| %-28s | %10s | %10s | %10s | %6s | %-14s | %s |%n|%s|%s:|%s:|%s:|%s:|%s|---|",
            "what",
            "untraced",
            "traced",
            "difference",
            "ratio",
            "limit",
            "ok",
            "-".repeat(30),
            "-".repeat(11),
            "-".repeat(11),
            "-".repeat(11),
            "-".repeat(7),
            "-".repeat(16));

    boolean withinLimit() {
        return switch (limit.kind()) {
            case DIFFERENCE -> traced - untraced <= limit.most();
            case RATIO -> traced <= untraced * limit.most();
            case NONE -> true;
        };
    }

    @Override
    public String toString() {
        String allowed = switch (limit.kind()) {
            case DIFFERENCE -> String.format(Locale.ROOT, "+%.1f %s", limit.most(), unit);
            case RATIO -> String.format(Locale.ROOT, "%.1fx", limit.most());
            case NONE -> "";
        };
        return String.format(
                Locale.ROOT,
                "| %-28s | %7.2f %-2s | %7.2f %-2s | %+10.2f | %5.2fx | %-14s | %s |",
                what,
                untraced,
                unit,
                traced,
                unit,
                traced - untraced,
                traced / untraced,
                allowed,
                limit.kind() == Limit.Kind.NONE ? "" : withinLimit() ? "yes" : "NO");
    }
}
