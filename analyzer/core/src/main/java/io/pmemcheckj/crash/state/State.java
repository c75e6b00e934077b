package io.pmemcheckj.crash.state;

import java.util.ArrayList;
import java.util.List;

/** One state that a crash can leave at a failure point. Only of use until the replay goes on. */
public abstract class State {

    /** Bytes to put over what is certain. */
    public record Patch(CrashFile file, long offset, byte[] bytes) {}

    private final FailurePoint point;

    State(FailurePoint point) {
        this.point = point;
    }

    public final FailurePoint point() {
        return point;
    }

    /** What a unit holds, or null if that is what is certain. */
    public abstract byte[] content(int unit);

    /** What became of a store of a unit. */
    public abstract Unit.Fate fate(int unit, int store);

    /** A name that leads back to the state, without blanks. */
    public abstract String id();

    /** Equal for states with equal files. */
    public long hash() {
        long hash = point.certain();
        for (int i = 0; i < point.units().size(); i++) {
            byte[] bytes = content(i);
            if (bytes != null) {
                hash += difference(point.units().get(i), bytes);
            }
        }
        return hash;
    }

    private static long difference(Unit unit, byte[] bytes) {
        byte[] now = unit.current();
        Content content = unit.file().content();
        long hash = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != now[i]) {
                hash += content.hash(unit.start() + i, bytes[i]) - content.hash(unit.start() + i, now[i]);
            }
        }
        return hash;
    }

    public final List<Patch> patches() {
        List<Patch> patches = new ArrayList<>();
        for (int i = 0; i < point.units().size(); i++) {
            byte[] bytes = content(i);
            if (bytes != null) {
                Unit unit = point.units().get(i);
                patches.add(new Patch(unit.file(), unit.start(), bytes));
            }
        }
        return patches;
    }
}
