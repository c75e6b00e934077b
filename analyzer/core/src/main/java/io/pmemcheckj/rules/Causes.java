package io.pmemcheckj.rules;

import io.pmemcheckj.memory.ByteMap;
import io.pmemcheckj.memory.ByteSet;

/** Bytes that are not persistent for a reason that one rule tells, so that others do not report the consequence. */
final class Causes {
    /** Stored inside a library's transaction and not added to it, and not stored again since; reported already. */
    final ByteSet unlogged = new ByteSet();

    /**
     * Stored outside of any transaction though the program adds them to a library's transactions, each with the site that
     * does; reported only if they are still not flushed when they should be.
     */
    final ByteMap outside = new ByteMap();
}
