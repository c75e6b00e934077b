package io.pmemcheckj.samples.crash_slot_store;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The store has the value that was put last, or the next one. */
public final class Check implements CrashCheck {

    @Override
    public void check(CrashImage image) throws IOException {
        long found = get(image.map("slot-store.dat"), 7);
        int done = image.markers().size();
        if (found != value(done) && found != value(done + 1)) {
            throw new IllegalStateException("put were " + image.markers() + ", found is " + found);
        }
    }

    private static long value(int puts) {
        return puts == 0 ? 0 : 100 + puts;
    }

    /** Reads as the program would when it starts: of the slots with a right checksum, the newest; 0 when there is none. */
    private static long get(ByteBuffer store, long key) {
        long newest = 0;
        long value = 0;
        for (int slot = 0; slot < Fixed.SLOTS * Fixed.SLOT; slot += Fixed.SLOT) {
            long version = store.getLong(slot + Fixed.VERSION);
            long candidate = store.getLong(slot + Fixed.VALUE);
            boolean valid = store.getLong(slot + Fixed.KEY) == key
                    && store.getLong(slot + Fixed.CHECKSUM) == Fixed.checksum(key, version, candidate);
            if (valid && version > newest) {
                newest = version;
                value = candidate;
            }
        }
        return value;
    }
}
