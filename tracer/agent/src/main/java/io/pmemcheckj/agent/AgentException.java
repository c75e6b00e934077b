package io.pmemcheckj.agent;

/** Tracing cannot start; the message is one line for the user. */
public final class AgentException extends Exception {
    private final boolean usage;

    private AgentException(String message, boolean usage, Throwable cause) {
        super(message, cause);
        this.usage = usage;
    }

    /** The user's options are wrong. */
    public static AgentException usage(String message) {
        return new AgentException(message, true, null);
    }

    /** This JVM cannot be traced, or the tracer itself failed. */
    public static AgentException failure(String message, Throwable cause) {
        return new AgentException(message, false, cause);
    }

    public boolean isUsage() {
        return usage;
    }
}
