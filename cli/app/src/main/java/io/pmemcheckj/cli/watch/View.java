package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.Count;
import io.pmemcheckj.cli.watch.Snapshot.Finding;
import io.pmemcheckj.cli.watch.Snapshot.Flush;
import io.pmemcheckj.cli.watch.Snapshot.Level;
import io.pmemcheckj.cli.watch.Snapshot.Segment;
import io.pmemcheckj.cli.watch.Snapshot.State;
import io.pmemcheckj.cli.watch.Snapshot.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Figures as lines of text; those of a section are indented, its title is not. */
final class View {
    /** Narrower terminals get lines of this width. */
    static final int NARROWEST = 60;

    private static final int NAME = 16;
    private static final int FIGURE = 15;
    private static final int WIDEST_SPARKLINE = 60;
    private static final int WIDE = 110;

    private final int width;
    private final int height;
    private final Sparkline sparkline;

    /** @param height lines at most, as far as the figures that are always there allow */
    View(int width, int height, boolean unicode) {
        this.width = Math.max(NARROWEST, width);
        this.height = height;
        sparkline = new Sparkline(unicode);
    }

    /** @return lines of at most {@code width} columns */
    List<String> of(Snapshot now) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(now));
        if (now.time() == null) {
            lines.add("  no figures so far");
            return lines;
        }
        counts(now, lines);
        lines.addAll(Section.fit(
                List.of(segments(now), flushes(now), transactions(now), findings(now)), height - lines.size()));
        return lines.stream()
                .map(line -> Columns.head(Columns.printable(line), width).stripTrailing())
                .toList();
    }

    private String heading(Snapshot now) {
        String state = now.state() == State.RUNNING ? "" : now.state().text() + "  ";
        String right = now.time() == null
                ? now.state().text()
                : state + "over " + Amounts.clock(now.watched()) + "  at " + Amounts.clock(now.time());
        String title = "pmemcheck-j watch: " + Columns.tail(now.target(), width - right.length() - 22);
        return Columns.left(title, width - right.length()) + right;
    }

    private void counts(Snapshot now, List<String> lines) {
        lines.add("  " + Columns.left("", NAME) + Columns.right("a second", FIGURE) + Columns.right("in all", FIGURE));
        lines.add(count("stores", now.stores()));
        lines.add(count("flushes", now.flushes()));
        lines.add(count("fences", now.fences()));
        lines.add(count("transactions", now.transactions()));
        lines.add("  "
                + Columns.left("not persistent", NAME)
                + Columns.right("", FIGURE)
                + Columns.right(Amounts.size(now.unpersisted().bytes()), FIGURE)
                + history(now.unpersisted().history(), room()));
        lines.add("  " + Columns.left("lines flushed", NAME) + lines(now));
        lines.add("  " + Columns.left("replay", NAME) + replay(now));
    }

    private String count(String name, Count count) {
        return "  "
                + Columns.left(name, NAME)
                + Columns.right(Amounts.rate(count.perSecond()), FIGURE)
                + Columns.right(Amounts.count(count.total()), FIGURE)
                + history(count.history(), room());
    }

    private int room() {
        return width - 2 - NAME - 2 * FIGURE - 2;
    }

    private String history(List<Double> values, int room) {
        return "  " + sparkline.of(values, Math.min(room, WIDEST_SPARKLINE));
    }

    private static String lines(Snapshot now) {
        Long flushed = now.linesFlushed();
        Long dirty = now.linesDirty();
        if (flushed == null || dirty == null) {
            return Amounts.UNKNOWN;
        }
        if (flushed == 0) {
            return "none";
        }
        return Amounts.count(flushed) + ", " + Amounts.percent((double) dirty / flushed) + " of them dirty"
                + (now.dirtyShare() == null ? "" : "; lately " + Amounts.percent(now.dirtyShare()));
    }

    private static String replay(Snapshot now) {
        Boolean upToDate = now.replay().upToDate();
        Long behind = now.replay().eventsBehind();
        String state =
                upToDate == null ? Amounts.UNKNOWN : upToDate ? "up to date" : Amounts.count(behind) + " events behind";
        return state + "; ring " + Amounts.percent(now.replay().ringOccupancy()) + " full; threads waited "
                + Amounts.seconds(now.replay().secondsWaited()) + " for it";
    }

    private Section segments(Snapshot now) {
        List<Segment> all = now.segments().stream()
                .sorted(Comparator.comparing(
                        segment -> segment.unpersisted().bytes(), Comparator.nullsLast(Comparator.reverseOrder())))
                .toList();
        String title = now.segmentCount() != null && now.segmentCount() > all.size()
                ? "Segments, not persistent (the " + all.size() + " worst of " + Amounts.count(now.segmentCount()) + ")"
                : "Segments, not persistent";
        return new Section(title, one(all.stream().map(this::segment).toList(), "none so far"));
    }

    private String segment(Segment segment) {
        Level level = segment.unpersisted();
        String figures = Columns.right(Amounts.size(level.bytes()), 12)
                + Columns.left(" of " + Amounts.size(segment.bytesStored()) + " stored", 24);
        int room = width - 2 - figures.length();
        int path = Math.min(50, room / 2);
        String name = Amounts.text(segment.path());
        String domain = " (" + Amounts.text(segment.domain()) + ")";
        String label = path > 35 ? Columns.tail(name, path - domain.length()) + domain : Columns.tail(name, path);
        return "  " + Columns.left(label, path) + figures + history(level.history(), room - path - 2);
    }

    private Section flushes(Snapshot now) {
        List<List<String>> items = new ArrayList<>();
        for (Flush flush : now.slowestFlushes()) {
            List<String> item = new ArrayList<>();
            item.add("  " + Columns.right(Amounts.millis(flush.millis()), 9) + "  " + flush(flush));
            int frames = width >= WIDE ? 3 : 2;
            flush.stack().stream()
                    .limit(frames)
                    .forEach(frame -> item.add(" ".repeat(13) + "at " + Columns.tail(frame, width - 16)));
            items.add(item);
        }
        return new Section(
                "Slowest flushes, by place", items.isEmpty() ? one(List.of(), "none that took 1 ms") : items);
    }

    private String flush(Flush flush) {
        String dirty = flush.linesDirty() == null || flush.linesFlushed() == null
                ? "dirty lines unknown"
                : Amounts.count(flush.linesDirty()) + " of " + Amounts.count(flush.linesFlushed()) + " lines dirty";
        String where = flush.size() == null || flush.size() == 0
                ? "whole file"
                : Amounts.size(flush.size()) + " at " + flush.offset();
        String text = Amounts.text(flush.kind())
                + (Boolean.TRUE.equals(flush.failed()) ? " FAILED" : "")
                + " " + where + ", " + dirty + ", " + Amounts.count(flush.recorded()) + " slow there";
        int room = width - 15 - text.length();
        return room >= 12 ? text + ", " + Columns.tail(Amounts.text(flush.path()), room) : text;
    }

    private Section transactions(Snapshot now) {
        return new Section(
                "Transactions open the longest",
                one(
                        now.openTransactions().stream().map(this::transaction).toList(),
                        "none that began since the recording did"));
    }

    private String transaction(Transaction open) {
        String name = Amounts.text(open.kind())
                + (open.id() == null || open.id() == 0 ? "" : " " + open.id())
                + ", " + Amounts.count(open.rangesLogged()) + " ranges, " + Amounts.text(open.thread()) + ": ";
        String time = Columns.right(Amounts.seconds(open.openForSeconds()), 9);
        return "  " + time + "  " + name
                + Columns.tail(Amounts.text(open.location()), Math.max(20, width - 13 - name.length()));
    }

    private Section findings(Snapshot now) {
        List<List<String>> items =
                now.newestFindings().stream().map(this::finding).toList();
        String title = "Findings: " + Amounts.count(now.findings()) + " so far, newest first";
        boolean unseen = now.findings() != null && now.findings() > 0;
        return new Section(
                title, items.isEmpty() ? one(List.of(), unseen ? "made before the recording began" : "none") : items);
    }

    private List<String> finding(Finding finding) {
        String what = Columns.left(Amounts.text(finding.severity()).toUpperCase(Locale.ROOT), 7) + " "
                + Amounts.text(finding.rule()) + "  ";
        String line = "  " + Amounts.clock(finding.time()) + "  " + what
                + Columns.tail(Amounts.text(finding.location()), Math.max(20, width - 12 - what.length()));
        return width >= WIDE && finding.message() != null
                ? List.of(line, " ".repeat(12) + finding.message())
                : List.of(line);
    }

    /** Each line an item; a line that says so where there is none. */
    private static List<List<String>> one(List<String> lines, String none) {
        return lines.isEmpty()
                ? List.of(List.of("  " + none))
                : lines.stream().map(List::of).toList();
    }
}
