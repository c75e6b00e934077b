package io.pmemcheckj.memory;

import java.util.Locale;

/** What a flush and a fence mean for a segment. */
public enum Domain {
    /** Volatile caches over persistent memory: a store is durable once its line was flushed and the flusher fenced. */
    ADR,
    /** Persistent caches: a store is durable at once, except a non-temporal one, which needs a fence. */
    EADR,
    /** An ordinary file: a store is durable once {@code force} returned without error. */
    PAGE_CACHE;

    /** The name used in options and reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
