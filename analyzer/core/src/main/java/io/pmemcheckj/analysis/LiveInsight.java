package io.pmemcheckj.analysis;

import io.pmemcheckj.findings.Finding;
import io.pmemcheckj.findings.Location;
import io.pmemcheckj.replay.Replayer;
import io.pmemcheckj.rules.FindingBook;
import io.pmemcheckj.trace.live.Figures;
import io.pmemcheckj.trace.live.FlushFigures;
import io.pmemcheckj.trace.live.Insight;
import io.pmemcheckj.trace.live.LiveFinding;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the program itself can know of its check while that goes on. */
final class LiveInsight implements Insight {
    private final Replayer replayer;
    private final FindingBook book;
    private final Supplier<Figures> figures;

    LiveInsight(Replayer replayer, FindingBook book, Supplier<Figures> figures) {
        this.replayer = replayer;
        this.book = book;
        this.figures = figures;
    }

    @Override
    public Figures figures() {
        replayer.catchUp();
        return figures.get();
    }

    @Override
    public FlushFigures lastFlush(int thread) {
        return replayer.lastFlush(thread);
    }

    @Override
    public List<LiveFinding> findings(int from, int most) {
        if (from >= book.size()) {
            return List.of();
        }
        replayer.catchUp();
        return book.findingsSoFar().stream()
                .skip(from)
                .limit(most)
                .map(LiveInsight::live)
                .toList();
    }

    private static LiveFinding live(Finding finding) {
        Finding.Range range = finding.segment();
        return new LiveFinding(
                finding.rule(),
                finding.severity().id(),
                finding.fingerprint(),
                finding.message(),
                finding.location().toString(),
                finding.thread() == null ? "" : finding.thread(),
                range == null ? "" : range.path(),
                range == null ? 0 : range.offset(),
                range == null ? 0 : range.length(),
                finding.stack().stream().map(Location::toString).collect(Collectors.joining("\n")));
    }
}
