package io.pmemcheckj.cli.watch;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A terminal whose other screen is ours meanwhile: the view is redrawn in place, and stays on the usual screen at the end. */
final class Screen implements Display {
    private static final String OTHER_SCREEN = "\033[?1049h\033[?25l\033[2J";
    private static final String USUAL_SCREEN = "\033[?25h\033[?1049l";
    private static final String TOP = "\033[H";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";
    private static final String BOLD = "\033[1m";
    private static final String RED = "\033[31m";
    private static final String YELLOW = "\033[33m";
    private static final String PLAIN = "\033[0m";

    private final PrintStream out;
    private final TerminalSize size;
    private final boolean unicode;
    private final boolean colours;
    private boolean entered;

    Screen(OutputStream out, TerminalSize size, boolean unicode, boolean colours) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.size = size;
        this.unicode = unicode;
        this.colours = colours;
    }

    @Override
    public void show(Snapshot now) {
        StringBuilder frame = new StringBuilder(entered ? TOP : OTHER_SCREEN + TOP);
        entered = true;
        size.look();
        List<String> lines = new View(size.columns(), size.lines() - 1, unicode).of(now);
        for (String line : lines.subList(0, Math.min(lines.size(), size.lines() - 1))) {
            frame.append(painted(Columns.head(line, size.columns())))
                    .append(CLEAR_LINE)
                    .append('\n');
        }
        out.print(frame.append(CLEAR_BELOW));
        out.flush();
    }

    @Override
    public void end(Snapshot last) {
        close();
        size.look();
        for (String line : new View(size.columns(), size.lines() - 2, unicode).of(last)) {
            out.println(painted(line));
        }
        out.flush();
    }

    private String painted(String line) {
        if (!colours || line.isEmpty()) {
            return line;
        }
        if (line.charAt(0) != ' ') {
            return BOLD + line + PLAIN;
        }
        return line.replaceFirst("  ERROR  ", "  " + RED + "ERROR" + PLAIN + "  ")
                .replaceFirst("  WARNING ", "  " + YELLOW + "WARNING" + PLAIN + " ")
                .replaceFirst(" FAILED ", " " + RED + "FAILED" + PLAIN + " ");
    }

    @Override
    public void close() {
        if (entered) {
            entered = false;
            out.print(USUAL_SCREEN);
            out.flush();
        }
    }
}
