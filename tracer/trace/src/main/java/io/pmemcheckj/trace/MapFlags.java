package io.pmemcheckj.trace;

/** What is known of a mapping; values of the {@code flags} argument of {@link TraceVisitor#map}. */
public final class MapFlags {
    /** The program cannot store through this mapping. */
    public static final int READ_ONLY = 1;
    /** Copy-on-write: stores never reach the file. */
    public static final int PRIVATE = 2;
    /** Mapped with MAP_SYNC (or as if it were, see {@link #EMULATED}): cache-line flushes make stores durable. */
    public static final int SYNC = 4;
    /** The SYNC mapping is emulated on an ordinary file, by the tracer or by PMDK. */
    public static final int EMULATED = 8;
    /** Made by native code and found in the process's memory map. */
    public static final int NATIVE = 16;
    /** Memory that the program registered as a segment; there may be no file. */
    public static final int REGISTERED = 32;

    /** The platform writes the caches of the CPUs back when power fails, so that stores need no flush (eADR). */
    public static final int CACHES_PERSIST = 64;
    /** Mapped by a library that also stores to it by native code, which an audit cannot explain. */
    public static final int LIBRARY = 128;

    private MapFlags() {}
}
