package io.pmemcheckj.cli.watch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a terminal is, as {@code stty} says it. */
final class TerminalSize {
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)\\s*");

    private final File terminal;
    private int columns = ofVariable("COLUMNS", 80);
    private int lines = ofVariable("LINES", 24);

    /** @param terminal its device */
    TerminalSize(File terminal) {
        this.terminal = terminal;
    }

    static int ofVariable(String name, int otherwise) {
        String value = System.getenv(name);
        return value != null && value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : otherwise;
    }

    /** Looks anew; users change it. What cannot be told stays as it was. */
    void look() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            stty.waitFor(1, TimeUnit.SECONDS);
            Matcher size = SIZE.matcher(answer);
            if (size.matches() && !size.group(1).equals("0") && !size.group(2).equals("0")) {
                lines = Integer.parseInt(size.group(1));
                columns = Integer.parseInt(size.group(2));
            }
        } catch (IOException e) {
            // No stty here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int columns() {
        return columns;
    }

    int lines() {
        return lines;
    }
}
