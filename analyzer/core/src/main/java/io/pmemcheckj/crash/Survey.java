package io.pmemcheckj.crash;

import io.pmemcheckj.crash.engine.AllStates;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.crash.state.Labelled;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a first look at the run tells.
 *
 * @param points number of failure points
 * @param states number of states over all of them; states of different failure points may be the same
 * @param paths all paths that files had, in the order in which they had them
 * @param markers labels of the markers
 * @param labelled what of the files the program has given names to
 * @param memoryAtMarkers hash of what the program saw at each marker, in what it gave names to or, if it gave none, everywhere; worked
 *     out when asked for
 * @param stores number of stores to mapped files
 * @param notes what is not looked at, in words
 * @param defects why the files are not what they were, in words
 */
public record Survey(
        long points,
        BigInteger states,
        Set<String> paths,
        List<String> markers,
        Labelled labelled,
        Supplier<long[]> memoryAtMarkers,
        long stores,
        Set<String> notes,
        Set<String> defects) {

    /** Takes the look. @param trace replays the trace */
    static Survey of(CrashOptions options, FoundFiles found, TraceSource trace) {
        BigInteger[] states = {BigInteger.ZERO};
        long[] points = {0};
        FileReplay replay = new FileReplay(options.domain(), options.counts(), options.failure(), point -> {
            points[0]++;
            states[0] = states[0].add(AllStates.countQuickly(point));
        });
        replay.start(found);
        trace.replay(replay);
        replay.finish();
        Labelled labelled = replay.labelled();
        return new Survey(
                points[0],
                states[0],
                replay.paths(),
                List.copyOf(replay.markers()),
                labelled,
                () -> memoryAtMarkers(options, found, trace, labelled),
                replay.stores(),
                replay.notes(),
                replay.defects());
    }

    private static long[] memoryAtMarkers(
            CrashOptions options, FoundFiles found, TraceSource trace, Labelled labelled) {
        List<Long> memory = new ArrayList<>();
        FileReplay replay = new FileReplay(options.domain(), options.counts(), options.failure(), point -> {}) {
            @Override
            public void marker(int thread, int site, String label) {
                super.marker(thread, site, label);
                memory.add(labelled.isEmpty() ? memoryHash() : labelled.memory(this));
            }
        };
        replay.start(found);
        trace.replay(replay);
        return memory.stream().mapToLong(Long::longValue).toArray();
    }

    /** The number of states for people: exact as long as it is short. */
    String statesInWords() {
        return states.bitLength() <= 62
                ? states.toString()
                : new BigDecimal(states).round(new MathContext(3)).toString().toLowerCase(java.util.Locale.ROOT);
    }
}
