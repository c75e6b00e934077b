package io.pmemcheckj.trace.text;

import io.pmemcheckj.trace.TraceFormatException;

/**
 * A place in the code, written as a frame of a Java stack trace: {@code com.example.Log.append(Log.java:42)}.
 *
 * <p>Without a line it ends in {@code (Log.java)}, without a file in {@code (Unknown Source)} or, if only the line is
 * known, {@code (Unknown Source:42)}. Names that the JVM allows and this form could not hold (blanks, parentheses and
 * the like, as in Kotlin's method names) stand in quotes: {@code LogTest."appends a record"(LogTest.kt:7)}.
 *
 * @param file source file name, or null
 * @param line line number, or 0
 */
record SourceSite(String className, String method, String file, int line) {
    private static final String NO_FILE = "Unknown Source";
    /** What a stack trace says of a native method; read as a place without file and line. */
    private static final String NATIVE = "Native Method";

    /** Characters, besides letters and digits, that need no quotes. A colon does: it ends a file name. */
    private static final String PLAIN = ".$_-<>/@+=!%&*,?[]{}|~^'";

    String text() {
        StringBuilder out = new StringBuilder();
        appendName(out, className, true);
        out.append('.');
        appendName(out, method, false);
        out.append('(');
        if (file == null) {
            out.append(NO_FILE);
        } else {
            appendName(out, file, true);
        }
        if (line != 0) {
            out.append(':').append(line);
        }
        return out.append(')').toString();
    }

    private static void appendName(StringBuilder out, String name, boolean mayHaveDots) {
        if (isPlain(name) && (mayHaveDots || name.indexOf('.') < 0)) {
            out.append(name);
        } else {
            Quoted.append(out, name);
        }
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isPlain(char c) {
        return Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
    }

    /** Reads a site that starts at the scanner's position; the caller has handled {@code -}. */
    static SourceSite parse(LineScanner in) throws TraceFormatException {
        String className;
        String method;
        String plain = in.run(SourceSite::isPlain);
        if (plain.isEmpty() || plain.endsWith(".")) {
            className = plain.isEmpty() ? in.quotedHere("a class name") : plain.substring(0, plain.length() - 1);
            if (plain.isEmpty()) {
                in.expect('.', "a place in the code, such as Log.append(Log.java:42)");
            }
            method = in.peek() == '"' ? in.quotedHere("a method name") : in.run(SourceSite::isPlain);
        } else {
            int dot = plain.lastIndexOf('.');
            if (dot < 0) {
                throw in.error("expected a place in the code, such as Log.append(Log.java:42), or - if unknown");
            }
            className = plain.substring(0, dot);
            method = plain.substring(dot + 1);
        }
        in.expect('(', "the source file in parentheses");
        String file = parseFile(in);
        int line = 0;
        if (in.peek() == ':') {
            in.expect(':', "a line number");
            line = in.numberHere("a line number");
        }
        in.expect(')', "a closing parenthesis after the source file");
        return new SourceSite(className, method, file, line);
    }

    private static String parseFile(LineScanner in) throws TraceFormatException {
        if (in.skip(NO_FILE) || in.skip(NATIVE)) {
            return null;
        }
        return in.peek() == '"' ? in.quotedHere("a file name") : in.run(SourceSite::isPlain);
    }
}
