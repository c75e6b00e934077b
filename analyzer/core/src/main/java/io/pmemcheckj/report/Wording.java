package io.pmemcheckj.report;

import io.pmemcheckj.findings.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as words, the same in every report. */
public final class Wording {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Wording() {}

    /** {@code 1,234}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 store}, {@code 1,234 stores}. */
    static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code once}, {@code 3 times}. */
    static String times(long number) {
        return number == 1 ? "once" : count(number, "time");
    }

    /**
     * A size to be read at a glance: {@code 512 bytes}, {@code 1.5 MiB}.
     *
     * @param bytes not negative
     */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return count(bytes, "byte");
        }
        int unit = 0;
        double value = bytes;
        while (value >= 1024) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** {@code 834 ms}, {@code 1.8 s}, {@code 12 min}. */
    static String duration(long ms) {
        if (ms < 1_000) {
            return ms + " ms";
        }
        return ms < 60_000
                ? String.format(Locale.ROOT, "%.1f s", ms / 1_000.0)
                : String.format(Locale.ROOT, "%,d min", Math.round(ms / 60_000.0));
    }

    /** The name of a file without its folder. */
    static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@code LLPL 1.2.0 and libpmem, seen by their models}. */
    static String libraries(List<Report.Library> libraries) {
        return libraries.stream()
                        .map(library -> (library.name() + " " + library.version()).strip())
                        .collect(Collectors.joining(", "))
                + " (by " + (libraries.size() == 1 ? "its model" : "their models") + ")";
    }

    /** {@code 4,096 of 4,096 bytes explained (100 %)}. */
    static String audit(Report.Audit audit) {
        long missing = audit.comparedBytes() - audit.explainedBytes();
        return String.format(
                Locale.ROOT,
                "%,d of %,d bytes compared are explained by the stores traced%s",
                audit.explainedBytes(),
                audit.comparedBytes(),
                missing == 0
                        ? " (100 %)"
                        : ", " + count(missing, "byte") + " " + (missing == 1 ? "is" : "are") + " not");
    }
}
