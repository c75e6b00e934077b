package io.pmemcheckj.trace;

/** How a store reached memory. The order of the constants is part of the trace format. */
public enum StoreKind {
    /** A plain Java store, or a bulk copy or fill. */
    PLAIN,
    /** A volatile, release or opaque store, compare-and-set, or read-modify-write. */
    ATOMIC,
    /** A store that bypasses the caches: needs a fence but no flush. */
    NON_TEMPORAL,
    /** Bytes that the kernel or native code put there, for example a channel read. */
    EXTERNAL;

    private static final StoreKind[] VALUES = values();

    /** The kind with this ordinal, without the copy that {@link #values()} makes. */
    public static StoreKind of(int ordinal) {
        return VALUES[ordinal];
    }
}
