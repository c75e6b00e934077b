package io.pmemcheckj.memory;

/** How far bytes that are not persistent have come. */
public enum PendingState {
    /** Stored, and nothing flushed them since. */
    DIRTY,
    /** A flush was started and not completed. */
    FLUSHED,
    /** The last flush that covered them failed. */
    FAILED
}
