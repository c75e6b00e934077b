package io.pmemcheckj.cli.watch;

/** Where figures are shown. */
interface Display extends AutoCloseable {
    /** Shows how it stands now. */
    void show(Snapshot now);

    /** Whether each look of a file is to be shown, not only the last one. */
    default boolean showsPast() {
        return false;
    }

    /** Whether nobody reads it any more. */
    default boolean isGone() {
        return false;
    }

    /** Shows how it stood last, and leaves the terminal as it was. */
    void end(Snapshot last);

    /** Leaves the terminal as it was. */
    @Override
    void close();
}
