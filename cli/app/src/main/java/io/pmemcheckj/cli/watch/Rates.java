package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.Count;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What counts grow by in a second, from one look at the program to a look about a second later. */
final class Rates {
    private static final List<String> COUNTS = List.of("stores", "flushes", "fences", "transactions");
    /** At the end of a recording one look follows another at once; a rate from these would be chance. */
    private static final Duration APART = Duration.ofMillis(800);

    private final Deque<Facts> looks = new ArrayDeque<>();
    private final Map<String, Series> histories = new LinkedHashMap<>();

    Rates() {
        COUNTS.forEach(count -> histories.put(count, new Series()));
    }

    void accept(Facts look) {
        looks.addLast(look);
        while (looks.size() > 2 && isApart(second())) {
            looks.removeFirst();
        }
        histories.forEach((count, history) -> {
            Double rate = perSecond(count);
            history.add(rate == null ? Double.NaN : rate);
        });
    }

    private Facts second() {
        var each = looks.iterator();
        each.next();
        return each.next();
    }

    private boolean isApart(Facts earlier) {
        return seconds(earlier) >= APART.toNanos() / 1e9;
    }

    private double seconds(Facts earlier) {
        return Duration.between(earlier.time(), looks.getLast().time()).toNanos() / 1e9;
    }

    Count of(String count) {
        return new Count(
                looks.isEmpty() ? null : Collector.whole(looks.getLast().number(count)),
                perSecond(count),
                histories.get(count).values());
    }

    /** Share of dirty lines among those flushed lately; null where none was flushed. */
    Double dirtyShare() {
        Double flushed = perSecond("linesFlushed");
        Double dirty = perSecond("linesDirty");
        return flushed == null || dirty == null || flushed <= 0 ? null : dirty / flushed;
    }

    private Double perSecond(String count) {
        if (looks.isEmpty() || !isApart(looks.getFirst())) {
            return null;
        }
        Long before = Collector.whole(looks.getFirst().number(count));
        Long now = Collector.whole(looks.getLast().number(count));
        return before == null || now == null ? null : Math.max(0, now - before) / seconds(looks.getFirst());
    }
}
