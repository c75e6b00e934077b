package io.pmemcheckj.crash;

import io.pmemcheckj.crash.engine.AllStates;
import io.pmemcheckj.crash.state.CrashFile;
import io.pmemcheckj.crash.state.FailurePoint;
import io.pmemcheckj.crash.state.FileReplay;
import io.pmemcheckj.crash.state.FoundFiles;
import io.pmemcheckj.crash.state.Labelled;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a first look at the run tells.
 *
 * @param points number of failure points
 * @param states number of states over all of them; states of different failure points may be the same
 * @param paths all paths that files had, in the order in which they had them
 * @param bytes the sizes of all files together, at the end
 * @param markers labels of the markers
 * @param labelled what of the files the program has given names to
 * @param memoryAtMarkers hash of what the program saw at each marker, in what it gave names to or, if it gave none, everywhere
 * @param stores number of stores to mapped files
 * @param notes what is not looked at, in words
 * @param defects why the files are not what they were, in words
 */
public record Survey(
        long points,
        BigInteger states,
        Set<String> paths,
        long bytes,
        List<String> markers,
        Labelled labelled,
        long[] memoryAtMarkers,
        long stores,
        Set<String> notes,
        Set<String> defects) {

    /** Takes the look. @param trace replays the trace */
    static Survey of(CrashOptions options, FoundFiles found, TraceSource trace) {
        Set<String> paths = new LinkedHashSet<>();
        List<Long> memory = new ArrayList<>();
        BigInteger[] states = {BigInteger.ZERO};
        long[] points = {0};
        FileReplay[] replay = new FileReplay[1];
        replay[0] =
                new FileReplay(options.domain(), options.counts(), options.failure(), point -> {
                    points[0]++;
                    states[0] = states[0].add(AllStates.countQuickly(point));
                    remember(replay[0], paths);
                }) {
                    @Override
                    public void marker(int thread, int site, String label) {
                        super.marker(thread, site, label);
                        memory.add(memoryHash());
                    }
                };
        replay[0].start(found);
        trace.replay(replay[0]);
        replay[0].finish();
        remember(replay[0], paths);
        return new Survey(
                points[0],
                states[0],
                paths,
                replay[0].files().stream()
                        .mapToLong(file -> file.content().length())
                        .sum(),
                List.copyOf(replay[0].markers()),
                replay[0].labelled(),
                replay[0].labelled().isEmpty()
                        ? memory.stream().mapToLong(Long::longValue).toArray()
                        : labelledMemory(options, found, trace, replay[0].labelled()),
                replay[0].stores(),
                replay[0].notes(),
                replay[0].defects());
    }

    /** The same as {@link #of} does, once it is known what counts. */
    private static long[] labelledMemory(CrashOptions options, FoundFiles found, TraceSource trace, Labelled labelled) {
        List<Long> memory = new ArrayList<>();
        FileReplay replay = new FileReplay(options.domain(), options.counts(), options.failure(), point -> {}) {
            @Override
            public void marker(int thread, int site, String label) {
                super.marker(thread, site, label);
                memory.add(labelled.memory(this));
            }
        };
        replay.start(found);
        trace.replay(replay);
        return memory.stream().mapToLong(Long::longValue).toArray();
    }

    private static void remember(FileReplay replay, Set<String> paths) {
        for (CrashFile file : replay.files()) {
            if (file.exists()) {
                paths.add(file.path());
            }
        }
    }

    /** The number of states for people: exact as long as it is short. */
    String statesInWords() {
        return states.bitLength() <= 62
                ? states.toString()
                : new BigDecimal(states).round(new MathContext(3)).toString().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the failure point is the program's end. */
    static boolean isEnd(FailurePoint point) {
        return point.next().event().equals("the end");
    }
}
