package io.pmemcheckj.cli.watch;

import io.pmemcheckj.report.Wording;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as text; null is unknown. */
final class Amounts {
    static final String UNKNOWN = "unknown";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Amounts() {}

    static String count(Long number) {
        return number == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", number);
    }

    /** Whole numbers but of the very small ones. */
    static String rate(Double perSecond) {
        if (perSecond == null) {
            return UNKNOWN;
        }
        return String.format(Locale.ROOT, perSecond > 0 && perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
    }

    static String size(Long bytes) {
        return bytes == null ? UNKNOWN : Wording.size(bytes);
    }

    static String percent(Double share) {
        if (share == null) {
            return UNKNOWN;
        }
        return share > 0 && share < 0.01 ? "<1 %" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String seconds(Double seconds) {
        return seconds == null ? UNKNOWN : span(seconds);
    }

    private static String span(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return clock(Duration.ofMillis(Math.round(1_000 * seconds)));
    }

    static String millis(double millis) {
        return millis < 1_000
                ? String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis)
                : span(millis / 1_000);
    }

    /** {@code 0:42}, {@code 1:02:03}. */
    static String clock(Duration time) {
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    static String clock(Instant time) {
        return time == null ? UNKNOWN : CLOCK.format(time);
    }

    static String text(String text) {
        return text == null || text.isEmpty() ? UNKNOWN : text;
    }
}
