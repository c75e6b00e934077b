package io.pmemcheckj.flight;

/** A recording cannot be used; the message is one line that names the file. */
public final class FlightException extends Exception {
    private static final long serialVersionUID = 1;

    FlightException(String message) {
        super(message);
    }
}
