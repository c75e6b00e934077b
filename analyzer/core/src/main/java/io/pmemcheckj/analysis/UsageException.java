package io.pmemcheckj.analysis;

/** The user asked for something that cannot be done; the message is one line that names the option or file. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
