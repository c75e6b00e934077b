package io.pmemcheckj.cli.watch;

import java.util.Arrays;
import java.util.List;

/**
 * A figure over all the time watched, in bounded room: when that is full each two neighbours become one, the greater of
 * them, so that a peak is never lost.
 */
final class Series {
    private static final int MOST = 256; // more than a terminal shows of it; even

    private final double[] values = new double[MOST];
    private int size;
    /** How many figures one of the values stands for, and how many the newest one has so far. */
    private long per = 1;

    private long inNewest = 1;

    /** @param value NaN where not known */
    void add(double value) {
        if (size > 0 && inNewest < per) {
            values[size - 1] = greater(values[size - 1], value);
            inNewest++;
            return;
        }
        if (size == MOST) {
            halve();
        }
        values[size++] = value;
        inNewest = 1;
    }

    private void halve() {
        for (int i = 0; i < MOST / 2; i++) {
            values[i] = greater(values[2 * i], values[2 * i + 1]);
        }
        size = MOST / 2;
        per *= 2;
    }

    List<Double> values() {
        return Arrays.stream(values, 0, size).boxed().toList();
    }

    static double greater(double a, double b) {
        return Double.isNaN(a) || b > a ? b : a;
    }
}
