package io.pmemcheckj.analysis;

import io.pmemcheckj.replay.ReplayListener;
import io.pmemcheckj.rules.FailedExpectations.Receiver;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.layout.TestMarkers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The tests of the program that run and are judged one by one. What happens between two markers of {@link TestMarkers} belongs
 * to the test that began last; the one that it stands in, as a test stands in its class, hears of it as of others' deeds.
 */
final class TestRuns implements ReplayListener {
    private record Marker(int thread, String label) {}

    private final Analysis whole;
    private final List<Marker> markers = new ArrayList<>();
    private final Deque<TestRun> running = new ArrayDeque<>();
    private List<TraceVisitor> visitors = List.of();

    TestRuns(Analysis whole) {
        this.whole = whole;
    }

    @Override
    public void marked(int thread, String label) {
        if (label.startsWith(TestMarkers.BEGIN) || label.startsWith(TestMarkers.END)) {
            markers.add(new Marker(thread, label));
        }
    }

    /** Begins and ends tests whose threads wait for that; between events. */
    void answer(Receiver threads) {
        if (markers.isEmpty()) {
            return;
        }
        for (Marker marker : markers) {
            threads.answer(marker.thread, answer(marker.label));
        }
        markers.clear();
        visitors = new ArrayList<>();
        for (TestRun run : running) {
            visitors.add(run == running.getFirst() ? run.visitor() : run.visitorOfOthers());
        }
    }

    private String answer(String label) {
        try {
            if (label.startsWith(TestMarkers.END)) {
                return end(label.substring(TestMarkers.END.length()));
            }
            running.addFirst(new TestRun(new TestRequest(label.substring(TestMarkers.BEGIN.length())), whole));
            return "";
        } catch (UsageException e) {
            return e.getMessage();
        } catch (RuntimeException e) { // must not take the replay along
            return "the check failed, please report it: " + e;
        }
    }

    private String end(String name) {
        for (Iterator<TestRun> runs = running.iterator(); runs.hasNext(); ) {
            TestRun run = runs.next();
            if (run.name().equals(name)) {
                runs.remove();
                return run.judge();
            }
        }
        return "no test " + name + " began";
    }

    /** What takes the events that come now, besides the whole. */
    List<TraceVisitor> visitors() {
        return visitors;
    }
}
