package io.pmemcheckj.trace;

import java.io.IOException;

/**
 * A file that was to be read as a trace is none, is damaged, or was written by a newer version. The message is one
 * complete line for the user: it names the file (if there is one), the place in it, and what is wrong there.
 */
public final class TraceFormatException extends IOException {
    public TraceFormatException(String message) {
        super(message);
    }
}
