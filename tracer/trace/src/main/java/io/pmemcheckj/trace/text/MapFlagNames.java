package io.pmemcheckj.trace.text;

import io.pmemcheckj.trace.MapFlags;
import io.pmemcheckj.trace.TraceFormatException;

/** The flags of a mapping as names with commas between, {@code none} if there are none. */
final class MapFlagNames {
    private static final String NONE = "none";
    private static final String[] NAMES = {
        "read-only", "private", "sync", "emulated", "native", "registered", "caches-persist", "library"
    };
    private static final int[] FLAGS = {
        MapFlags.READ_ONLY,
        MapFlags.PRIVATE,
        MapFlags.SYNC,
        MapFlags.EMULATED,
        MapFlags.NATIVE,
        MapFlags.REGISTERED,
        MapFlags.CACHES_PERSIST,
        MapFlags.LIBRARY
    };

    private MapFlagNames() {}

    static void append(StringBuilder out, int flags) {
        int start = out.length();
        int rest = flags;
        for (int i = 0; i < FLAGS.length; i++) {
            if ((flags & FLAGS[i]) != 0) {
                appendName(out, start, NAMES[i]);
                rest &= ~FLAGS[i];
            }
        }
        if (rest != 0) {
            appendName(out, start, "0x" + Integer.toHexString(rest));
        }
        if (flags == 0) {
            out.append(NONE);
        }
    }

    private static void appendName(StringBuilder out, int start, String name) {
        out.append(out.length() > start ? "," : "").append(name);
    }

    static int parse(String names, LineScanner in) throws TraceFormatException {
        int flags = 0;
        for (String name : names.split(",", -1)) {
            flags |= parseName(name, in);
        }
        return flags;
    }

    private static int parseName(String name, LineScanner in) throws TraceFormatException {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return FLAGS[i];
            }
        }
        if (name.equals(NONE)) {
            return 0;
        }
        try {
            if (name.startsWith("0x")) {
                return Integer.parseUnsignedInt(name, 2, name.length(), 16);
            }
        } catch (NumberFormatException e) {
            // falls through to the message
        }
        throw in.error("unknown flag '" + name + "'; known are " + String.join(", ", NAMES) + " and " + NONE);
    }
}
