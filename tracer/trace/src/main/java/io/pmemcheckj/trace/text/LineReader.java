package io.pmemcheckj.trace.text;

import java.io.IOException;
import java.io.Reader;

/**
 * Splits text into lines and refuses lines of absurd length: the file may be anything, a device or a disk image
 * included, and must not fill the heap before it is found to be no trace.
 */
final class LineReader {
    static final int MAX_LENGTH = 16 * 1024 * 1024;

    /** A line is longer than {@link #MAX_LENGTH} characters. */
    static final class LineTooLongException extends IOException {}

    private final Reader in;
    private final char[] buffer = new char[32 * 1024];
    private int at;
    private int end;

    LineReader(Reader in) {
        this.in = in;
    }

    /** The next line without its end (LF or CR LF), or null after the last. */
    String next() throws IOException {
        StringBuilder part = null;
        while (fill()) {
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (at < end && part == null) {
                return withoutReturn(new String(buffer, start, at++ - start));
            }
            part = part == null ? new StringBuilder() : part;
            part.append(buffer, start, at - start);
            if (at < end) {
                at++;
                return withoutReturn(part.toString());
            }
            if (part.length() > MAX_LENGTH) {
                throw new LineTooLongException();
            }
        }
        return part == null ? null : withoutReturn(part.toString());
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at < end;
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
