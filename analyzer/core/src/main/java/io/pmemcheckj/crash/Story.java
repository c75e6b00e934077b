package io.pmemcheckj.crash;

import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.PendingStore;
import io.pmemcheckj.crash.state.State;
import io.pmemcheckj.crash.state.Unit;
import io.pmemcheckj.crash.state.Unit.Fate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A state told from the program's side: the earliest moment at which a crash can leave it, and what became of the stores made
 * by then. Stores that came later are as if they had not been made, and play no part.
 */
final class Story {
    /** A store and its fate. */
    record Part(PendingStore store, Fate fate) {}

    private final State state;
    private final List<Part> parts;
    private final FailurePoint.Moment moment;

    Story(State state) {
        this.state = state;
        Map<PendingStore, Fate> fates = new IdentityHashMap<>();
        List<Unit> units = state.point().units();
        for (int unit = 0; unit < units.size(); unit++) {
            List<PendingStore> stores = units.get(unit).stores();
            for (int i = 0; i < stores.size(); i++) {
                fates.merge(stores.get(i), state.fate(unit, i), (a, b) -> a == b ? a : Fate.TORN);
            }
        }
        List<Part> all = new ArrayList<>();
        fates.forEach((store, fate) -> all.add(new Part(store, fate)));
        all.sort(Comparator.comparingLong(part -> part.store().time()));
        moment = moment(all);
        parts = all.stream()
                .filter(part -> part.store().time() <= moment.time())
                .toList();
    }

    private FailurePoint.Moment moment(List<Part> all) {
        FailurePoint.Moment since = state.point().since();
        PendingStore last = null;
        Fate fate = null;
        for (Part part : all) {
            if (part.fate() != Fate.LOST) {
                last = part.store();
                fate = part.fate();
            }
        }
        if (last == null || last.time() <= since.time()) {
            return since.event().equals("the store")
                    ? new FailurePoint.Moment(
                            "right after the store", since.thread(), since.site(), since.stack(), since.time())
                    : since;
        }
        String event = fate == Fate.TORN ? "in the middle of the store" : "right after the store";
        return new FailurePoint.Moment(event, last.thread(), last.site(), last.stack(), last.time());
    }

    /** When the crash comes. */
    FailurePoint.Moment moment() {
        return moment;
    }

    /** The stores that were on their way then, in the order of the program. */
    List<Part> parts() {
        return parts;
    }

    List<PendingStore> lost() {
        return parts.stream()
                .filter(part -> part.fate() == Fate.LOST)
                .map(Part::store)
                .toList();
    }

    List<PendingStore> torn() {
        return parts.stream()
                .filter(part -> part.fate() == Fate.TORN)
                .map(Part::store)
                .toList();
    }

    List<PendingStore> survived() {
        return parts.stream()
                .filter(part -> part.fate() == Fate.SURVIVED)
                .map(Part::store)
                .toList();
    }
}
