package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.Finding;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A line for each look, and one for each finding; at the end all that is known. */
final class PlainLines implements Display {
    private final PrintStream out;
    private final View view;
    private Instant shown;
    private final Set<Finding> told = new HashSet<>();

    /** @param width of what is shown at the end */
    PlainLines(OutputStream out, int width) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
        view = new View(width, Integer.MAX_VALUE, true);
    }

    @Override
    public void show(Snapshot now) {
        if (now.time() == null || now.time().equals(shown)) {
            return;
        }
        shown = now.time();
        out.println(line(now));
        List<Finding> newest = now.newestFindings();
        for (int i = newest.size() - 1; i >= 0; i--) {
            if (told.add(newest.get(i))) {
                out.println(line(newest.get(i)));
            }
        }
    }

    static String line(Snapshot now) {
        return Amounts.clock(now.time()) + "  "
                + Amounts.rate(now.stores().perSecond()) + " stores/s, "
                + Amounts.rate(now.flushes().perSecond()) + " flushes/s, "
                + Amounts.rate(now.fences().perSecond()) + " fences/s, "
                + (now.dirtyShare() == null ? "" : Amounts.percent(now.dirtyShare()) + " of flushed lines dirty, ")
                + Amounts.size(now.unpersisted().bytes()) + " not persistent, "
                + Amounts.count(now.findings()) + " findings";
    }

    private static String line(Finding finding) {
        return Columns.printable(Amounts.clock(finding.time()) + "  "
                + Amounts.text(finding.severity()).toUpperCase(Locale.ROOT) + " "
                + Amounts.text(finding.rule()) + "  " + Amounts.text(finding.location()));
    }

    @Override
    public boolean isGone() {
        return out.checkError();
    }

    @Override
    public void end(Snapshot last) {
        view.of(last).forEach(out::println);
    }

    @Override
    public void close() {
        out.flush();
    }
}
