package io.pmemcheckj.cli.watch;

/** Puts text into columns of a width. */
final class Columns {
    private Columns() {}

    /** At least so wide, text on the left. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** At least so wide, text on the right. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** At most so wide; the end is cut off. */
    static String head(String text, int width) {
        return text.length() <= width
                ? text
                : text.substring(0, Math.max(0, width - 3)) + "...".substring(0, Math.min(3, width));
    }

    /** At most so wide; the beginning is cut off: the end of a path tells more. */
    static String tail(String text, int width) {
        return text.length() <= width
                ? text
                : "...".substring(0, Math.min(3, width)) + text.substring(text.length() - Math.max(0, width - 3));
    }

    /** What comes from the program may hold anything; on a terminal it is only text. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
