package io.pmemcheckj.agent.jfr;

import io.pmemcheckj.trace.layout.RingLayout;
import io.pmemcheckj.trace.live.FigureBoard;
import io.pmemcheckj.trace.live.Figures;
import io.pmemcheckj.trace.live.LiveFinding;
import io.pmemcheckj.trace.live.SegmentFigures;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Asks the replay how far it is, and tells it in events: the counts, each segment, and findings that are new. */
final class Health {
    /** The recorder's own thread waits so long, and other periodic events with it. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LAST_PATIENCE = TimeUnit.SECONDS.toNanos(2);
    private static final long CHUNK_BYTES = RingLayout.CHUNK_BYTES;

    private final FigureBoard board;
    private final OpenTransactions transactions;
    private final IntFunction<String> places;
    private int knownFindings;

    Health(FigureBoard board, OpenTransactions transactions, IntFunction<String> places) {
        this.board = board;
        this.transactions = transactions;
        this.places = places;
    }

    /** A recording begins that knows nothing yet. */
    synchronized void startOver() {
        knownFindings = 0;
    }

    /** As far as the replay is. */
    synchronized void tell() {
        tell(false, PATIENCE);
    }

    /** Up to now, if the replay gets there soon. */
    synchronized void tellLast() {
        if (!tell(true, LAST_PATIENCE)) {
            tell(false, PATIENCE);
        }
    }

    private boolean tell(boolean exactly, long patience) {
        if (!ask(exactly, patience)) {
            return false;
        }
        Figures figures = board.figures();
        commit(figures, exactly || board.behind() == 0);
        figures.segments().forEach(Health::commit);
        transactions.commitOldest(places);
        List<LiveFinding> findings = board.findings();
        while (!findings.isEmpty()) {
            findings.forEach(Health::commit);
            knownFindings += findings.size();
            findings = knownFindings < figures.findings() && ask(false, PATIENCE) ? board.findings() : List.of();
        }
        return true;
    }

    private boolean ask(boolean exactly, long patience) {
        long question = board.ask(exactly, knownFindings);
        long start = System.nanoTime();
        while (!board.isTold(question)) {
            if (System.nanoTime() - start > patience) {
                return false;
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private void commit(Figures figures, boolean upToDate) {
        TracerHealthEvent event = new TracerHealthEvent();
        event.stores = figures.stores();
        event.flushes = figures.flushes();
        event.fences = figures.fences();
        event.transactions = figures.transactions();
        event.linesFlushed = figures.linesFlushed();
        event.linesDirty = figures.linesDirty();
        event.bytesUnpersisted = figures.bytesUnpersisted();
        event.segments = figures.segmentCount();
        event.findings = figures.findings();
        event.upToDate = upToDate;
        event.eventsBehind = board.behind();
        int chunks = board.chunks();
        event.ringSize = CHUNK_BYTES * chunks;
        event.ringOccupancy = (float) board.usedChunks() / chunks;
        event.timeWaited = board.waited();
        event.commit();
    }

    private static void commit(SegmentFigures segment) {
        SegmentHealthEvent event = new SegmentHealthEvent();
        event.id = segment.id();
        event.path = segment.path();
        event.domain = segment.domain();
        event.size = segment.size();
        event.bytesStored = segment.bytesStored();
        event.bytesUnpersisted = segment.bytesUnpersisted();
        event.commit();
    }

    private static void commit(LiveFinding finding) {
        FindingEvent event = new FindingEvent();
        event.rule = finding.rule();
        event.severity = finding.severity();
        event.fingerprint = finding.fingerprint();
        event.message = finding.message();
        event.location = finding.location();
        event.stack = finding.stack();
        event.thread = finding.thread();
        event.path = finding.path();
        event.offset = finding.offset();
        event.size = finding.size();
        event.commit();
    }
}
