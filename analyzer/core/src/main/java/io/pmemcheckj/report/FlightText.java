package io.pmemcheckj.report;

import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.findings.Flight.Activity;
import io.pmemcheckj.findings.Flight.SlowFlush;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a recording tells, in lines of the text report. */
final class FlightText {
    private static final int FLUSHES = 5;

    private FlightText() {}

    static List<String> of(Flight flight) {
        List<String> lines = new ArrayList<>();
        lines.add("recording: " + flight.recording() + ", " + time(flight.toUs() - flight.fromUs()) + "; "
                + Wording.count(flight.pauseCount(), "GC pause")
                + (flight.pauseCount() == 0 ? "" : ", " + time(flight.pausedUs()) + " in all") + "; "
                + (flight.flushCount() == 1 ? "1 slow flush" : Wording.number(flight.flushCount()) + " slow flushes"));
        flight.missing().forEach(missing -> lines.add("  " + missing));
        flight.slowFlushes().stream().limit(FLUSHES).forEach(flush -> {
            lines.add("  " + flush(flush));
            if (!flush.beside().isEmpty()) {
                lines.add("    beside it: " + beside(flush.beside(), flush.more()));
            }
        });
        if (flight.slowFlushes().size() > FLUSHES) {
            lines.add("  ... more of them in report.html and report.json");
        }
        return lines;
    }

    private static String flush(SlowFlush flush) {
        String dirty = flush.linesDirty() == null || flush.linesFlushed() == null
                ? ""
                : ", " + Wording.number(flush.linesDirty()) + " of " + Wording.count(flush.linesFlushed(), "line")
                        + " dirty";
        return time(flush.durationUs()) + " at " + seconds(flush.atUs()) + "  " + flush.kind() + " of " + flush.path()
                + (flush.size() == 0 ? "" : ", " + Wording.size(flush.size())) + dirty
                + (flush.failed() ? ", failed" : "") + "  " + flush.location();
    }

    /** {@code GC pause 67.1 ms (G1Full, System.gc()), park 10.3 ms}, those of one kind together. */
    static String beside(List<Activity> activities, int more) {
        Map<String, List<Activity>> byKind = new LinkedHashMap<>();
        activities.forEach(activity -> byKind.computeIfAbsent(activity.kind(), kind -> new ArrayList<>())
                .add(activity));
        List<String> parts = new ArrayList<>();
        byKind.forEach((kind, same) -> {
            long sum = same.stream().mapToLong(Activity::durationUs).sum();
            String detail = same.size() == 1 ? same.get(0).detail() : "";
            parts.add((same.size() == 1 ? "" : same.size() + " x ") + kind + " " + time(sum)
                    + (detail.isEmpty() ? "" : " (" + detail + ")"));
        });
        return String.join(", ", parts) + (more == 0 ? "" : ", and " + Wording.number(more) + " more");
    }

    /** {@code 67.1 ms}, {@code 1.50 s}. */
    static String time(long us) {
        return us < 1_000_000
                ? String.format(Locale.ROOT, "%.1f ms", us / 1e3)
                : String.format(Locale.ROOT, "%.2f s", us / 1e6);
    }

    /** {@code 12.345 s}, a point in time. */
    static String seconds(long us) {
        return String.format(Locale.ROOT, "%.3f s", us / 1e6);
    }
}
