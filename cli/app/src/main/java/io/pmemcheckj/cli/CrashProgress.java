package io.pmemcheckj.cli;

import io.pmemcheckj.crash.ExplorationProgress;
import io.pmemcheckj.crash.Explorer;
import java.util.Locale;

/** The progress line of {@code crash}: a bar, counts and an estimate. */
final class CrashProgress {
    private static final int WIDTH = 20;

    private CrashProgress() {}

    static String line(Explorer explorer) {
        return text(explorer.progress());
    }

    static String text(ExplorationProgress now) {
        double share = now.share();
        int full = (int) (share * WIDTH);
        String left = share <= 0 ? "" : String.format(Locale.ROOT, ", %,d s left at most", left(now, share));
        return String.format(
                Locale.ROOT,
                "pmemcheck-j: [%s%s] %,d states checked, %,d refused, %,d findings%s",
                "#".repeat(full),
                "-".repeat(WIDTH - full),
                now.checked(),
                now.refused(),
                now.findings(),
                left);
    }

    private static long left(ExplorationProgress now, double share) {
        return Math.min(now.limit() - now.seconds(), Math.round(now.seconds() / share * (1 - share)));
    }
}
