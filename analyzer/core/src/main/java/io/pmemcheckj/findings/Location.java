package io.pmemcheckj.findings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the code.
 *
 * @param className binary name, or null when the place is not known
 * @param method method name
 * @param file source file name, or null
 * @param line source line, 0 when not known
 */
public record Location(String className, String method, String file, int line) {
    private static final String NO_FILE = "Unknown Source";

    /** A place that is not known. */
    public static final Location UNKNOWN = new Location(null, null, null, 0);

    private static final Pattern FORM = Pattern.compile("(.+)\\.([^.(]+)\\((.*?)(?::([0-9]{1,9}))?\\)");

    /** A place from the form of {@link #toString}; {@link #UNKNOWN} for any other text. */
    public static Location parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return UNKNOWN;
        }
        String file = parts.group(3);
        int line = parts.group(4) == null ? 0 : Integer.parseInt(parts.group(4));
        return new Location(parts.group(1), parts.group(2), file.equals(NO_FILE) ? null : file, line);
    }

    /**
     * The source file as compilers expect it below a source folder: {@code com/example/Log.java}.
     *
     * @return null where the class or the file is not known
     */
    public String pathInPackage() {
        if (className == null || file == null) {
            return null;
        }
        return className.substring(0, className.lastIndexOf('.') + 1).replace('.', '/') + file;
    }

    /** {@code com.example.Log.append(Log.java:42)}, the form of Java stack traces; {@code unknown} where not known. */
    @Override
    public String toString() {
        if (className == null) {
            return "unknown";
        }
        String place = file == null ? NO_FILE : line > 0 ? file + ":" + line : file;
        return className + "." + method + "(" + place + ")";
    }
}
