package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.Flush;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The slowest flush of each place in the program. */
final class SlowFlushes {
    private static final int SHOWN = 10;
    private static final int MOST_PLACES = 1_000;
    private static final int FRAMES = 8;
    private static final Comparator<Flush> SLOWEST_FIRST =
            Comparator.comparingDouble(Flush::millis).reversed();

    private final Map<String, Flush> places = new HashMap<>();

    void accept(Facts event) {
        String location = event.text("location");
        Flush flush = flush(event, location);
        places.merge(String.valueOf(location), flush, SlowFlushes::slower);
        if (places.size() > MOST_PLACES) {
            places.values().remove(places.values().stream().max(SLOWEST_FIRST).orElseThrow());
        }
    }

    private static Flush slower(Flush before, Flush now) {
        Flush slower = now.millis() > before.millis() ? now : before;
        return new Flush(
                slower.location(),
                before.recorded() + now.recorded(),
                slower.millis(),
                slower.time(),
                slower.kind(),
                slower.path(),
                slower.offset(),
                slower.size(),
                slower.linesFlushed(),
                slower.linesDirty(),
                slower.failed(),
                slower.stack());
    }

    private static Flush flush(Facts event, String location) {
        return new Flush(
                location,
                1,
                event.duration().toNanos() / 1e6,
                event.time(),
                event.text("kind"),
                event.text("path"),
                Collector.whole(event.number("offset")),
                Collector.whole(event.number("size")),
                Collector.whole(event.number("linesFlushed")),
                Collector.whole(event.number("linesDirty")),
                event.flag("failed").orElse(null),
                from(location, event.stack()));
    }

    /** Without what the stack has of the tracer and the JDK before it comes to the place. */
    private static List<String> from(String location, List<String> stack) {
        int from = 0;
        if (location != null) {
            String method = location.replaceFirst("\\(.*", "(");
            while (from < stack.size() && !stack.get(from).startsWith(method)) {
                from++;
            }
        }
        List<String> rest = from < stack.size() ? stack.subList(from, stack.size()) : stack;
        return List.copyOf(rest.subList(0, Math.min(FRAMES, rest.size())));
    }

    List<Flush> slowest() {
        return places.values().stream().sorted(SLOWEST_FIRST).limit(SHOWN).toList();
    }
}
