package io.pmemcheckj.flight;

import io.pmemcheckj.findings.Flight.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The course of a run, in as many points as can be drawn. */
final class Samples {
    private static final int MOST = 1000;

    private Samples() {}

    /** In order of time; of neighbours that become one, the counts are those of the later one, the bytes the most of both. */
    static List<Sample> thinned(List<Sample> all) {
        List<Sample> samples = new ArrayList<>(all);
        samples.sort(Comparator.comparingLong(Sample::atUs));
        while (samples.size() > MOST) {
            List<Sample> half = new ArrayList<>();
            for (int i = 0; i < samples.size(); i += 2) {
                half.add(i + 1 < samples.size() ? merged(samples.get(i), samples.get(i + 1)) : samples.get(i));
            }
            samples = half;
        }
        return samples;
    }

    private static Sample merged(Sample first, Sample second) {
        return new Sample(
                second.atUs(),
                second.stores(),
                second.flushes(),
                second.fences(),
                Math.max(first.unpersistedBytes(), second.unpersistedBytes()));
    }
}
