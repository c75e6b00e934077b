package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.State;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One engine until the program passes a marker that names another, and so on. */
public final class EngineByMarker implements Engine {
    private final Engine first;
    private final Map<String, Engine> byMarker;
    private final List<String> markers;

    /**
     * @param byMarker the engine that takes over at each marker
     * @param markers labels of all markers of the run, in order
     */
    public EngineByMarker(Engine first, Map<String, Engine> byMarker, List<String> markers) {
        this.first = first;
        this.byMarker = byMarker;
        this.markers = markers;
    }

    private Engine at(FailurePoint point) {
        for (int i = Math.min(point.markers(), markers.size()) - 1; i >= 0; i--) {
            Engine engine = byMarker.get(markers.get(i));
            if (engine != null) {
                return engine;
            }
        }
        return first;
    }

    @Override
    public void choose(FailurePoint point, int round, Predicate<State> check) {
        Engine engine = at(point);
        if (engine.wantsRound(round)) {
            engine.choose(point, round, check);
        }
    }

    @Override
    public boolean wantsRound(int round) {
        return first.wantsRound(round) || byMarker.values().stream().anyMatch(engine -> engine.wantsRound(round));
    }

    @Override
    public boolean hasChosenAll(FailurePoint point) {
        return at(point).hasChosenAll(point);
    }

    @Override
    public boolean hasChosenSome(FailurePoint point) {
        return at(point).hasChosenSome(point);
    }
}
