package io.pmemcheckj.trace.text;

import io.pmemcheckj.trace.TraceFormatException;

/** Reads the words of one line from left to right. Methods named ...Here do not skip blanks first. */
final class LineScanner {
    /** What {@link #peek} returns at the end of the line. */
    static final int END = -1;

    /** A set of characters. */
    interface CharSet {
        boolean contains(char c);
    }

    private final String source;
    private String line = "";
    private long number;
    private int at;

    /** @param source name of the file, for messages; null if there is none */
    LineScanner(String source) {
        this.source = source;
    }

    void start(String text) {
        line = text;
        number++;
        at = 0;
    }

    /** True if only blanks and a comment are left. */
    boolean atEnd() {
        skipBlanks();
        return at == line.length() || line.charAt(at) == '#';
    }

    void expectEnd() throws TraceFormatException {
        if (!atEnd()) {
            throw error("nothing more expected from '" + excerpt(at) + "' on");
        }
    }

    /** The next word, up to a blank or comment. */
    String word(String what) throws TraceFormatException {
        skipBlanks();
        String word = wordHere();
        if (word.isEmpty()) {
            throw error("expected " + what);
        }
        return word;
    }

    long address() throws TraceFormatException {
        String word = word("an address such as 0x10000");
        try {
            if (word.startsWith("0x")) {
                return Long.parseUnsignedLong(word, 2, word.length(), 16);
            }
        } catch (NumberFormatException e) {
            // falls through to the message
        }
        throw error("expected an address such as 0x10000, not '" + word + "'");
    }

    long number(String what) throws TraceFormatException {
        return parseLong(word(what), what);
    }

    int smallNumber(String what) throws TraceFormatException {
        return parseInt(word(what), what);
    }

    long parseLong(String digits, String what) throws TraceFormatException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw error("expected " + what + ", not '" + digits + "'");
        }
    }

    int parseInt(String digits, String what) throws TraceFormatException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw error("expected " + what + ", not '" + digits + "'");
        }
    }

    int numberHere(String what) throws TraceFormatException {
        return parseInt(run(c -> c == '-' || c >= '0' && c <= '9'), what);
    }

    String quoted(String what) throws TraceFormatException {
        skipBlanks();
        return quotedHere(what);
    }

    String quotedHere(String what) throws TraceFormatException {
        if (peek() != '"') {
            throw error("expected " + what + " in double quotes");
        }
        StringBuilder text = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == END) {
                throw error("a double quote is missing at the end of " + what);
            }
            char c = line.charAt(at++);
            text.append(c == '\\' ? escape() : c);
        }
        at++;
        return text.toString();
    }

    private char escape() throws TraceFormatException {
        int c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape();
            default -> throw error("a backslash in quotes starts none of JSON's escapes");
        };
    }

    private char unicodeEscape() throws TraceFormatException {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = peek() == END ? -1 : Character.digit(line.charAt(at), 16);
            if (digit < 0) {
                throw error("\\u needs four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** The longest run of characters of the set, possibly empty. */
    String run(CharSet set) {
        int start = at;
        while (at < line.length() && set.contains(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /** Moves past this text if it is next. */
    boolean skip(String text) {
        boolean found = line.startsWith(text, at);
        at += found ? text.length() : 0;
        return found;
    }

    /** Moves past a lone {@code -}, which stands for what is not known. */
    boolean skipUnknown() {
        skipBlanks();
        boolean lone = peek() == '-' && (at + 1 == line.length() || isWordEnd(line.charAt(at + 1)));
        at += lone ? 1 : 0;
        return lone;
    }

    void expect(char c, String what) throws TraceFormatException {
        if (peek() != c) {
            throw error("expected " + what + (peek() == END ? "" : " at '" + excerpt(at) + "'"));
        }
        at++;
    }

    /** The next character, or {@link #END}. */
    int peek() {
        return at < line.length() ? line.charAt(at) : END;
    }

    /** The first character of the next word, or {@link #END}. */
    int peekWord() {
        skipBlanks();
        return peek();
    }

    void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    private String wordHere() {
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at)) && line.charAt(at) != '#') {
            at++;
        }
        return line.substring(start, at);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isWordEnd(char c) {
        return isBlank(c) || c == '#' || c == ';';
    }

    private String excerpt(int from) {
        return line.length() - from <= 24 ? line.substring(from) : line.substring(from, from + 24) + "...";
    }

    TraceFormatException error(String message) {
        String place = source == null ? "line " + number : source + ":" + number;
        return new TraceFormatException(place + ": " + message);
    }
}
