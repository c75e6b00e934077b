package io.pmemcheckj.memory;

import io.pmemcheckj.trace.MapFlags;
import java.util.Locale;

/** What a flush and a fence mean for a segment. */
public enum Domain {
    /** Volatile caches over persistent memory: a store is durable once its line was flushed and the flusher fenced. */
    ADR,
    /** Persistent caches: a store is durable at once, except a non-temporal one, which needs a fence. */
    EADR,
    /** An ordinary file: a store is durable once {@code force} returned without error. */
    PAGE_CACHE;

    /**
     * The domain of a mapping that nothing else is said of.
     *
     * @param flags a sum of {@link MapFlags}
     */
    public static Domain ofMapping(int flags) {
        if ((flags & MapFlags.SYNC) == 0) {
            return PAGE_CACHE;
        }
        boolean cachesPersist = (flags & MapFlags.CACHES_PERSIST) != 0 && (flags & MapFlags.EMULATED) == 0;
        return cachesPersist ? EADR : ADR;
    }

    /** The name used in options and reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
