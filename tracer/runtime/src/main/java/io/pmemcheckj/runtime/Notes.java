package io.pmemcheckj.runtime;

import java.util.HashMap;

/** What modelled calls leave for later ones, by number, mostly the address of an object of the library. */
final class Notes {
    private static final HashMap<Long, Long> NOTES = new HashMap<>();

    private Notes() {}

    static synchronized void put(long key, long value) {
        NOTES.put(key, value);
    }

    /** 0 when nothing was noted. */
    static synchronized long get(long key) {
        Long value = NOTES.get(key);
        return value == null ? 0 : value;
    }
}
