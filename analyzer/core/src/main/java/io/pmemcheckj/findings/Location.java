package io.pmemcheckj.findings;

/**
 * A place in the code.
 *
 * @param className binary name, or null when the place is not known
 * @param method method name
 * @param file source file name, or null
 * @param line source line, 0 when not known
 */
public record Location(String className, String method, String file, int line) {
    /** A place that is not known. */
    public static final Location UNKNOWN = new Location(null, null, null, 0);

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
        String place = file == null ? "Unknown Source" : line > 0 ? file + ":" + line : file;
        return className + "." + method + "(" + place + ")";
    }
}
