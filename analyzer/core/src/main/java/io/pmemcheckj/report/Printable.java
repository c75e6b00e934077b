package io.pmemcheckj.report;

/**
 * Makes text of the traced program safe for a terminal and for one line: class names, thread names and paths may hold any
 * character, including those that move the cursor or turn the writing direction.
 */
public final class Printable {
    private Printable() {}

    /** @return the text with control, format and broken characters as backslash escapes; empty for null */
    public static String of(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int point) {
        switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> safe.append(escape(point));
            default -> safe.appendCodePoint(point);
        }
    }

    private static String escape(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", point);
        };
    }
}
