package io.pmemcheckj.crash.check;

/** What was to judge states cannot be used; the message says why and what to do. */
public final class CheckerException extends Exception {
    public CheckerException(String message) {
        super(message);
    }
}
