package io.pmemcheckj.runtime;

import java.io.IOException;

/**
 * What the kernel says of an open descriptor, in {@code /proc/self/fdinfo}; see proc_pid_fdinfo(5). Not every class that
 * writes can be asked where it stands and how it was opened.
 */
final class DescriptorInfo {
    private static final int O_DSYNC = 010000; // part of O_SYNC, too

    /** Where the next read or write takes place, in bytes. */
    final long position;
    /** Whether a write returns only when the bytes are durable. */
    final boolean isSynchronous;

    DescriptorInfo(int descriptor) throws IOException {
        String info = ProcFile.read("fdinfo/" + descriptor);
        position = Long.parseLong(value(info, "pos:"));
        isSynchronous = (Long.parseLong(value(info, "flags:"), 8) & O_DSYNC) != 0;
    }

    private static String value(String info, String key) {
        int start = info.indexOf(key) + key.length();
        return info.substring(start, info.indexOf('\n', start)).trim();
    }
}
