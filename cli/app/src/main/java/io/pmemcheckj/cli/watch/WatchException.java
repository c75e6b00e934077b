package io.pmemcheckj.cli.watch;

/** Why nothing can be seen, in one line for the user. */
public final class WatchException extends Exception {
    private final boolean usage;

    private WatchException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    /** What was asked for cannot be meant. */
    static WatchException usage(String message) {
        return new WatchException(message, true);
    }

    /** It is meant well, and there is nothing to see. */
    static WatchException blind(String message) {
        return new WatchException(message, false);
    }

    /** Whether what was asked for cannot be meant. */
    public boolean isUsage() {
        return usage;
    }
}
