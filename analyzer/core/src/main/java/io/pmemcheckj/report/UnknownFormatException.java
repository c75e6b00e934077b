package io.pmemcheckj.report;

/** A report format was asked for that this version does not write. The message is one line, meant for the user. */
public final class UnknownFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownFormatException(String message) {
        super(message);
    }
}
