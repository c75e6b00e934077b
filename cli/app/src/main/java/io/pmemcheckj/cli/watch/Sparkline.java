package io.pmemcheckj.cli.watch;

import java.util.List;

/** A figure over time as one short line. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.-=+*#@";

    private final String levels;

    /** @param unicode whether the terminal shows more than ASCII */
    Sparkline(boolean unicode) {
        levels = unicode ? BLOCKS : ASCII;
    }

    /**
     * Zero is the lowest level and the greatest value the highest one.
     *
     * @param values oldest first, NaN for not known
     * @param width columns at most; of values that share one the greatest is shown
     */
    String of(List<Double> values, int width) {
        double top = values.stream().reduce(Double.NaN, Series::greater);
        int columns = Math.min(width, values.size());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            int from = (int) ((long) values.size() * i / columns);
            int to = (int) ((long) values.size() * (i + 1) / columns);
            line.append(level(values.subList(from, to).stream().reduce(Double.NaN, Series::greater), top));
        }
        return line.toString();
    }

    private char level(double value, double top) {
        if (Double.isNaN(value)) {
            return ' ';
        }
        int highest = levels.length() - 1;
        return levels.charAt(value <= 0 ? 0 : (int) Math.max(1, Math.round(highest * value / top)));
    }
}
