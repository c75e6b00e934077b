package io.pmemcheckj.cli.watch;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;

/** Chooses where figures are shown. */
final class Displays {
    private static final int PLAIN_WIDTH = 120;

    private Displays() {}

    /** @param terminal the device that {@code out} is, null for none */
    static Display of(boolean json, Path terminal, OutputStream out) {
        if (json) {
            return new JsonLines(out);
        }
        String type = System.getenv("TERM");
        if (terminal == null || type == null || type.equals("dumb")) {
            return new PlainLines(out, TerminalSize.ofVariable("COLUMNS", PLAIN_WIDTH));
        }
        return new Screen(out, new TerminalSize(terminal.toFile()), isUtf8(), System.getenv("NO_COLOR") == null);
    }

    private static boolean isUtf8() {
        return System.getProperty("native.encoding", "")
                .toUpperCase(Locale.ROOT)
                .startsWith("UTF-8");
    }
}
