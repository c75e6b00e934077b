package io.pmemcheckj.crash;

import io.pmemcheckj.crash.state.Failure;
import io.pmemcheckj.memory.Domain;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How crash states are explored.
 *
 * @param domain the domain of all files, or null to take it from how each was mapped
 * @param counts tells by its path whether a crash may change a mapped file
 * @param engine name of the engine, see {@link io.pmemcheckj.crash.engine.Engines}
 * @param enginesByMarker names of the engines that take over when the program passes a marker
 * @param maxStates number of states to check at most
 * @param seconds of wall-clock time to take at most
 * @param seed where random choices begin
 * @param jobs number of states judged at the same time
 * @param state id of the only state to look at, or null
 */
public record CrashOptions(
        Domain domain,
        Predicate<String> counts,
        Failure failure,
        String engine,
        Map<String, String> enginesByMarker,
        long maxStates,
        long seconds,
        long seed,
        int jobs,
        String state) {}
