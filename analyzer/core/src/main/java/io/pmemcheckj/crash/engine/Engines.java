package io.pmemcheckj.crash.engine;

import io.pmemcheckj.crash.engine.Reordering.Order;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.State;
import java.util.List;
import java.util.function.Predicate;

/** The engines by name. */
public final class Engines {
    public static final String DEFAULT = "representative";
    /** The one that needs to know what the check reads, see {@link ReadCover}. */
    public static final String READS = "reads";

    private Engines() {}

    /** Names of all engines. */
    public static List<String> names() {
        return List.of(
                DEFAULT,
                "exhaustive",
                READS,
                "random",
                "none",
                "check",
                "full",
                "partial",
                "accumulative",
                "reverse-accumulative");
    }

    /**
     * An engine.
     *
     * @param seed where random choices begin
     * @throws IllegalArgumentException for an unknown name
     */
    public static Engine of(String name, long seed) {
        return switch (name) {
            case DEFAULT -> new Representative(seed);
            case "exhaustive" -> new Exhaustive();
            case "random" -> new RandomStates(seed);
            case "none" -> NONE;
            case "check" -> new Reordering(Order.CHECK, seed);
            case "full" -> new Reordering(Order.FULL, seed);
            case "partial" -> new Reordering(Order.PARTIAL, seed);
            case "accumulative" -> new Reordering(Order.ACCUMULATIVE, seed);
            case "reverse-accumulative" -> new Reordering(Order.REVERSE_ACCUMULATIVE, seed);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static final Engine NONE = new Engine() {
        @Override
        public void choose(FailurePoint point, int round, Predicate<State> check) {
            // A stretch of the run that nobody wants to see.
        }

        @Override
        public boolean wantsRound(int round) {
            return false;
        }

        @Override
        public boolean hasChosenAll(FailurePoint point) {
            return false;
        }

        @Override
        public boolean hasChosenSome(FailurePoint point) {
            return false;
        }
    };
}
