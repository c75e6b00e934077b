package io.pmemcheckj.trace.text;

import io.pmemcheckj.trace.TraceFormatException;

/** The {@code key=value} words of a mapping or of a file; what is left out is 0 or empty. */
final class FileAttributes {
    private static final String KEYS = "device=, inode=, directory=, offset=, length=, flags= or path=";

    long device;
    long inode;
    long offset;
    long length;
    long directory;
    int flags;
    String path = "";

    /** Reads one word. */
    void parse(LineScanner in) throws TraceFormatException {
        in.skipBlanks();
        String key = in.run(c -> c >= 'a' && c <= 'z');
        in.expect('=', KEYS);
        switch (key) {
            case "device" -> device = unsigned(in, key);
            case "inode" -> inode = unsigned(in, key);
            case "offset" -> offset = in.number("a number after offset=");
            case "length" -> length = in.number("a number after length=");
            case "flags" -> flags = MapFlagNames.parse(in.word("flags after flags="), in);
            case "path" -> path = in.quotedHere("a path");
            case "directory" -> directory = unsigned(in, key);
            default -> throw in.error("expected " + KEYS + ", not '" + key + "='");
        }
    }

    private static long unsigned(LineScanner in, String key) throws TraceFormatException {
        String digits = in.word("a number after " + key + "=");
        try {
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw in.error("expected a number after " + key + "=, not '" + digits + "'");
        }
    }
}
