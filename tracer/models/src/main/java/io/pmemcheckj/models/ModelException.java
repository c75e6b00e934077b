package io.pmemcheckj.models;

/** A model file says something that it cannot mean; the message is one line that names the file and the place in it. */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    ModelException(String message) {
        super(message);
    }
}
